//! The words of the demo data.

/// What a client asks.
pub(super) struct Ticket {
    pub category: &'static str,
    pub tags: &'static [&'static str],
    pub subject: &'static str,
    pub description: &'static str,
}

const fn ticket(
    category: &'static str,
    tags: &'static [&'static str],
    subject: &'static str,
    description: &'static str,
) -> Ticket {
    Ticket { category, tags, subject, description }
}

/// Name, purpose, and whether clients see it.
pub(super) const DEPARTMENTS: &[(&str, &str, bool)] = &[
    ("Customer care", "Orders, deliveries and everything that has no other place.", true),
    ("Technical support", "Faults, and how things work.", true),
    ("Accounts", "Invoices, payments and refunds.", true),
    ("Back office", "Works behind the others.", false),
];

/// Name, department and usual priority.
pub(super) const CATEGORIES: &[(&str, &str, &str)] = &[
    ("Orders", "Customer care", "normal"),
    ("Sign-in", "Technical support", "high"),
    ("Bugs", "Technical support", "normal"),
    ("How to", "Technical support", "low"),
    ("Billing", "Accounts", "normal"),
];

/// Word and colour.
pub(super) const TAGS: &[(&str, &str)] =
    &[("refund", "#c62828"), ("vip", "#6a1b9a"), ("mobile", "#1565c0"), ("follow-up", "#2e7d32")];

/// First answers.
pub(super) const REPLIES: &[&str] = &[
    "Thank you for writing. I am looking into it and will come back to you today.",
    "I am sorry about that. Which version do you use, and since when does it happen?",
    "I have found your record. Could you confirm the date, please?",
    "That should not happen. I have asked a colleague to look at it with me.",
    "Thank you for the details. I need one more: what do you see right before it happens?",
];

/// What clients answer.
pub(super) const QUESTIONS: &[&str] = &[
    "It happens every time. Is there anything that I can do meanwhile?",
    "Yes, that is right. How long will it take?",
    "I have tried that. It did not help, unfortunately.",
    "The newest one, since about a week.",
    "A colleague has the same trouble, so it is not only me.",
];

/// What the staff tells each other.
pub(super) const NOTES: &[&str] = &[
    "Third case this week. Worth a look by the whole team.",
    "Record checked: everything as the client says.",
    "Has waited long already. Please keep an eye on it.",
    "Reproduced on the test device.",
];

/// Last answers.
pub(super) const SOLUTIONS: &[&str] = &[
    "It is corrected. Please try again, and write to us if anything is left.",
    "I have booked it back; it arrives within three working days.",
    "The replacement is on its way, and you will get the tracking number today.",
    "This works as described in the handbook, chapter 4. I have attached the steps to your account.",
    "The update of today repairs it. Thank you for your patience.",
];

/// How clients say goodbye.
pub(super) const THANKS: &[&str] =
    &["Thank you, that was quick!", "It works again, thanks.", "Perfect, thank you very much."];

/// Sixty questions, oldest first.
pub(super) const TICKETS: &[Ticket] = &[
    ticket(
        "Sign-in",
        &[],
        "I cannot log in on the new phone",
        "The app says that my password is wrong, but on the laptop it works.",
    ),
    ticket(
        "Billing",
        &["refund"],
        "I was charged twice in March",
        "My statement shows two payments of the same amount on the 4th.",
    ),
    ticket(
        "Bugs",
        &["mobile"],
        "The app closes when I open a photo",
        "It happens with every photo that is larger than a few megabytes.",
    ),
    ticket(
        "Orders",
        &[],
        "My order is a week late",
        "The tracking page has said \"in transit\" since last Monday.",
    ),
    ticket("How to", &[], "How do I export my contacts?", "I would like to have them as a spreadsheet."),
    ticket(
        "Sign-in",
        &[],
        "The code by text message never arrives",
        "I have waited for half an hour and tried three times.",
    ),
    ticket(
        "Billing",
        &[],
        "Please send the invoice to our accountant",
        "The address is in the profile, but the invoice still comes to me.",
    ),
    ticket("Orders", &[], "CHEAP WATCHES BEST PRICE", "Click the link and win a prize."),
    ticket(
        "Bugs",
        &["mobile"],
        "Dark mode makes the buttons invisible",
        "Grey text on a grey background, on the settings page.",
    ),
    ticket(
        "How to",
        &[],
        "Can two people use one account?",
        "We share a desk and would like to share the subscription.",
    ),
    ticket(
        "Orders",
        &["vip"],
        "Wrong colour delivered",
        "We ordered twelve blue chairs and got twelve green ones.",
    ),
    ticket(
        "Billing",
        &["refund"],
        "Refund for the cancelled course",
        "The course was cancelled by you two weeks ago.",
    ),
    ticket(
        "Bugs",
        &[],
        "The search finds nothing with umlauts",
        "Looking for the name with an umlaut gives an empty list.",
    ),
    ticket(
        "Sign-in",
        &["vip"],
        "Our administrator left, nobody can log in",
        "We need access to the account before the end of the week.",
    ),
    ticket("How to", &[], "Where can I change the language?", "Everything is in English since the update."),
    ticket("Orders", &[], "Parcel arrived damaged", "The box was open and the manual is missing."),
    ticket(
        "Billing",
        &[],
        "The discount was not applied",
        "The voucher was accepted, but the price stayed the same.",
    ),
    ticket("Bugs", &[], "You have been selected", "Confirm your details to receive your reward today."),
    ticket(
        "Bugs",
        &[],
        "Export stops at 10 000 lines",
        "The file ends in the middle of a line, without any message.",
    ),
    ticket("How to", &[], "How to set up an out-of-office reply", "I will be away for three weeks."),
    ticket("Orders", &[], "Change the delivery address", "We moved; the order should go to the new office."),
    ticket(
        "Sign-in",
        &["mobile"],
        "Fingerprint no longer works",
        "Since yesterday the app asks for the password every time.",
    ),
    ticket(
        "Billing",
        &["vip"],
        "Purchase order number missing on the invoice",
        "Our accounting rejects invoices without it.",
    ),
    ticket(
        "Bugs",
        &[],
        "Calendar shows the wrong week",
        "Weeks begin on Sunday although the setting says Monday.",
    ),
    ticket("How to", &[], "Is there a keyboard shortcut for a new note?", "I write about fifty a day."),
    ticket("Orders", &[], "Two of five items are missing", "The delivery note lists all five."),
    ticket("Billing", &[], "Switch from monthly to yearly", "We would like to begin with the next period."),
    ticket(
        "Bugs",
        &[],
        "Attachments are empty",
        "Every file that I download has zero bytes since this morning.",
    ),
    ticket("Sign-in", &[], "Please delete my old account", "I have a new one with my work address."),
    ticket(
        "How to",
        &[],
        "Importing a large address book",
        "About forty thousand entries. Is there a limit?",
    ),
    ticket("Orders", &[], "When will it be back in stock?", "The page has said \"soon\" for two months."),
    ticket(
        "Billing",
        &["refund"],
        "Cancelled, but charged again",
        "I have the confirmation of the cancellation.",
    ),
    ticket(
        "Bugs",
        &["mobile"],
        "Notifications arrive an hour late",
        "On the tablet they come at once, on the phone they do not.",
    ),
    ticket("How to", &[], "Can I print the whole list?", "Only the first page is printed."),
    ticket("Sign-in", &[], "Too many attempts, account locked", "My son played with the phone."),
    ticket(
        "Orders",
        &[],
        "Gift wrapping was forgotten",
        "It is a birthday present, and the birthday is on Friday.",
    ),
    ticket("Billing", &[], "Why is there a currency fee?", "I pay in euros and live in Portugal."),
    ticket("Bugs", &[], "The map is blank", "Only the markers are visible, on any browser."),
    ticket(
        "How to",
        &[],
        "Share a report with someone outside",
        "They should read it and not be able to change it.",
    ),
    ticket(
        "Orders",
        &["vip"],
        "Delivery to a building site",
        "The driver needs the phone number of the site manager.",
    ),
    ticket("Billing", &[], "The invoice has the wrong company name", "We changed our name in January."),
    ticket("Bugs", &[], "Undo deletes the whole page", "One wrong key and an hour of work is gone."),
    ticket("Sign-in", &[], "Single sign-on for our team", "We use it for everything else."),
    ticket("How to", &[], "What do the coloured dots mean?", "Some are yellow, some are green."),
    ticket("Orders", &[], "Return without the original box", "The box went into the recycling."),
    ticket(
        "Billing",
        &["refund"],
        "Partial refund for a broken part",
        "The device works, the stand does not.",
    ),
    ticket("Bugs", &["mobile"], "Cannot rotate the picture", "The button is there, but nothing happens."),
    ticket("How to", &[], "How long are deleted items kept?", "I may have deleted the wrong folder."),
    ticket("Sign-in", &[], "Logged out every day", "Others in the office stay logged in for weeks."),
    ticket("Orders", &[], "Express delivery took five days", "I paid for one day."),
    ticket("Billing", &["vip"], "Tender needs a signed price list", "The deadline is next Thursday at noon."),
    ticket("Bugs", &[], "Totals differ between list and chart", "The list says 118, the chart 121."),
    ticket("How to", &[], "Best way to move to a new computer", "Both run the newest version."),
    ticket("Orders", &[], "Can I pick it up myself?", "I pass your warehouse every day."),
    ticket("Billing", &[], "Card expired, subscription stopped", "The new card is already in the profile."),
    ticket("Bugs", &[], "Links in mails lead to an error page", "The page says that the link is too long."),
    ticket(
        "Sign-in",
        &[],
        "New colleague gets no invitation",
        "We sent it three times, also to a private address.",
    ),
    ticket("How to", &[], "Sort by two columns", "First by city, then by name."),
    ticket("Orders", &[], "Chemicals without a safety sheet", "We may not store them without it."),
    ticket(
        "Bugs",
        &["mobile"],
        "App drains the battery",
        "From full to empty in three hours, since the last update.",
    ),
];

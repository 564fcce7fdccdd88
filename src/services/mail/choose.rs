//! Chooses who a mail comes from: a mailbox of the company for what is about tickets, else the platform.

use crate::app::App;
use crate::db::Filter;
use crate::errors::Result;
use crate::models::{Company, Mailbox, OutboundEmail, Ticket};
use crate::permissions::TenantScope;

/// Mailboxes of a company that are looked at.
const MOST: i64 = 500;

/// Who a mail comes from.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    /// Address in `From`.
    pub address: String,
    /// Name beside it.
    pub name: String,
    /// Mailbox that answers go to.
    pub mailbox: Option<Mailbox>,
    /// Its own server sends; else the platform's.
    pub own_server: bool,
}

impl Sender {
    /// Domain of the address.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Who sends a mail. Mails of accounts never go by a company's server: its administrator could read the credentials of
/// everyone in the company there.
pub(super) async fn sender_of(
    app: &App,
    scope: &TenantScope,
    email: &OutboundEmail,
    company: Option<&Company>,
    ticket: Option<&Ticket>,
) -> Result<Sender> {
    let mail = app.mail();
    let about_company = email.ticket_id.is_some()
        || email.mailbox_id.is_some()
        || [super::PREPARED, "test", "mail_too_large"].contains(&email.template.as_str());
    let company = company.filter(|_| about_company && !email.sensitive);
    let mut sender = Sender {
        address: mail.from().to_owned(),
        name: company.map_or_else(|| mail.from_name().to_owned(), |company| company.name.clone()),
        mailbox: None,
        own_server: false,
    };
    if company.is_none() {
        return Ok(sender);
    }
    let active = Filter::eq(Mailbox::is_active(), true);
    let all = app.db().within::<Mailbox>(scope).find(active, MOST).await?;
    let department = ticket.and_then(|ticket| ticket.department_id);
    let of = |wanted| all.iter().find(|mailbox| mailbox.department_id == wanted);
    let own = department.and_then(|department| of(Some(department)));
    let Some(mailbox) = own.or_else(|| of(None)) else { return Ok(sender) };
    sender.own_server = mailbox.smtp.is_some();
    // Anyone may write any address into a mailbox: the platform's server takes it for theirs only when the domain does.
    if sender.own_server || is_published(app, mailbox).await {
        sender.address.clone_from(&mailbox.address);
    }
    if let Some(name) = mailbox.from_name.as_ref().filter(|name| !name.is_empty()) {
        sender.name.clone_from(name);
    }
    sender.mailbox = Some(mailbox.clone());
    Ok(sender)
}

/// Whether the domain of a mailbox has published the key by which its mail is signed.
async fn is_published(app: &App, mailbox: &Mailbox) -> bool {
    let told = |name: &str| mailbox.dkim.as_ref().and_then(|dkim| dkim.get_str(name).ok());
    match (told("dns_name"), told("dns_value")) {
        (Some(name), Some(value)) if mailbox.dkim_key.is_some() => {
            app.mail().names().admit(name, value).await
        }
        _ => false,
    }
}

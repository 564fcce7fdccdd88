//! Signed names in mail: message ids and reply addresses by which an answer finds its ticket. Nobody else can make them.
//!
//! A message id is `<{email id}.{signature}@{domain}>`, with the id of the outgoing mail in hex; it is the same however
//! often the mail is tried. A reply address is `{local}+{ticket id}.{signature}@{domain}`, with the ticket's id in base32.
//! Signatures are the first ten bytes of an HMAC-SHA256, in base32: eighty bits that hold for one company and purpose.

use crate::auth::data_keys::DataKeys;
use bson::oid::ObjectId;

/// Purpose of the signature of a message id.
const MESSAGE_ID: &str = "message id";
/// Purpose of the signature of a reply address.
const REPLY_ADDRESS: &str = "reply address";
/// Purpose of the mark by which mail of ours is known that comes back.
const LOOP_MARK: &str = "loop mark";
/// Bytes of a signature that are kept.
const SIGNATURE: usize = 10;
/// Longest part before the `@` (RFC 5321 section 4.5.3.1.1), less `+`, id, point and signature.
const LONGEST_LOCAL: usize = 64 - 38;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The message id of an outgoing mail, with its angle brackets. `company` is none for mail of the platform.
pub fn message_id(keys: &DataKeys, company: Option<ObjectId>, email: ObjectId, domain: &str) -> String {
    let signature = sign(keys, MESSAGE_ID, company, email);
    format!("<{}.{signature}@{}>", email.to_hex(), domain.to_ascii_lowercase())
}

/// The outgoing mail that a message id was made for, with or without angle brackets; none unless this company's
/// signature is on it.
pub fn verify_message_id(keys: &DataKeys, company: Option<ObjectId>, text: &str) -> Option<ObjectId> {
    let text = text.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, _) = text.rsplit_once('@')?;
    let (id, signature) = local.split_once('.')?;
    let id = ObjectId::parse_str(id).ok()?;
    verify(keys, MESSAGE_ID, company, id, signature).then_some(id)
}

/// The address to which answers to a ticket's mail go: that of the mailbox with the signed id of the ticket. A local part
/// that leaves no room becomes `reply`.
pub fn reply_address(keys: &DataKeys, company: ObjectId, ticket: ObjectId, mailbox: &str) -> Option<String> {
    let (local, domain) = mailbox.rsplit_once('@')?;
    let local = if local.len() > LONGEST_LOCAL || local.contains('+') { "reply" } else { local };
    let signature = sign(keys, REPLY_ADDRESS, Some(company), ticket);
    Some(format!("{local}+{}.{signature}@{domain}", encode(&ticket.bytes())))
}

/// The ticket that a reply address was made for; none unless this company's signature is on it. Letters in any case are
/// taken: mail servers change it.
pub fn verify_reply_address(keys: &DataKeys, company: ObjectId, address: &str) -> Option<ObjectId> {
    let (local, _) = address.trim().rsplit_once('@')?;
    let (_, tag) = local.rsplit_once('+')?;
    let (id, signature) = tag.split_once('.')?;
    let id = ObjectId::from_bytes(decode(id)?.try_into().ok()?);
    verify(keys, REPLY_ADDRESS, Some(company), id, signature).then_some(id)
}

/// What the mail of a company is marked with; that of the platform when there is none.
pub fn loop_mark(keys: &DataKeys, company: Option<ObjectId>) -> String {
    encode(&keys.sign(LOOP_MARK, &[&owner(company)])[..SIGNATURE])
}

/// Whether mail with this mark was sent for the company, or by the platform.
pub fn is_loop_mark(keys: &DataKeys, company: Option<ObjectId>, text: &str) -> bool {
    let bytes = decode(text.trim()).filter(|bytes| bytes.len() == SIGNATURE);
    let is_of = |bytes: &[u8], company| keys.verify(LOOP_MARK, &[&owner(company)], bytes);
    bytes.is_some_and(|bytes| is_of(&bytes, company) || is_of(&bytes, None))
}

/// The mailbox that a reply address belongs to: the address without the tag.
pub fn without_tag(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or(local)),
        None => address.to_owned(),
    }
}

fn sign(keys: &DataKeys, purpose: &str, company: Option<ObjectId>, id: ObjectId) -> String {
    let whole = keys.sign(purpose, &[&owner(company), &id.to_hex()]);
    encode(&whole[..SIGNATURE])
}

fn verify(keys: &DataKeys, purpose: &str, company: Option<ObjectId>, id: ObjectId, signature: &str) -> bool {
    let signature = decode(signature).filter(|bytes| bytes.len() == SIGNATURE);
    signature.is_some_and(|bytes| keys.verify(purpose, &[&owner(company), &id.to_hex()], &bytes))
}

fn owner(company: Option<ObjectId>) -> String {
    company.map_or_else(|| "platform".to_owned(), ObjectId::to_hex)
}

/// Base32 (RFC 4648) in lower case without padding.
fn encode(bytes: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(held << (5 - bits) & 31) as usize]));
    }
    text
}

/// The bytes of such a text; none when it is not one, or carries bits beyond them: one value has one text.
fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter.to_ascii_lowercase())?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 255).ok()?);
        }
        held &= (1 << bits) - 1;
    }
    (bits < 5 && held == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::key_ring::KeyRing;

    fn keys(secret: &str) -> DataKeys {
        let key = [("a".to_owned(), format!("{secret:x<32}").into())].into();
        DataKeys::new(&KeyRing::new("a", key).unwrap())
    }

    #[test]
    fn an_answer_finds_its_ticket_and_nobody_elses() {
        let (keys_a, company, ticket) = (keys("a"), ObjectId::new(), ObjectId::new());
        let address = reply_address(&keys_a, company, ticket, "help@acme.example").unwrap();
        assert!(address.starts_with("help+") && address.ends_with("@acme.example"), "{address}");
        assert_eq!(verify_reply_address(&keys_a, company, &address), Some(ticket));
        assert_eq!(verify_reply_address(&keys_a, company, &address.to_uppercase()), Some(ticket));
        assert_eq!(without_tag(&address), "help@acme.example");
        assert_eq!(verify_reply_address(&keys_a, ObjectId::new(), &address), None, "another company");
        assert_eq!(verify_reply_address(&keys("b"), company, &address), None, "another key");
        // One letter of the id or the signature.
        for at in ["help+".len(), "help+".len() + 21, address.find('@').unwrap() - 1] {
            let mut other = address.clone().into_bytes();
            other[at] = if other[at] == b'a' { b'b' } else { b'a' };
            assert_eq!(verify_reply_address(&keys_a, company, &String::from_utf8(other).unwrap()), None);
        }
        for broken in
            ["", "@", "help@acme.example", "help+@acme.example", "help+a.b@acme.example", "help+..@x"]
        {
            assert_eq!(verify_reply_address(&keys_a, company, broken), None, "{broken}");
        }
        let long =
            reply_address(&keys_a, company, ticket, &format!("{}@acme.example", "x".repeat(60))).unwrap();
        assert!(long.starts_with("reply+") && long.find('@').unwrap() <= 64);
    }

    #[test]
    fn a_message_id_is_the_same_each_time_and_holds_for_its_purpose_only() {
        let (keys, company, email) = (keys("a"), Some(ObjectId::new()), ObjectId::new());
        let id = message_id(&keys, company, email, "Acme.example");
        assert_eq!(id, message_id(&keys, company, email, "acme.example"));
        assert_eq!(verify_message_id(&keys, company, &id), Some(email));
        assert_eq!(verify_message_id(&keys, company, id.trim_matches(['<', '>'])), Some(email));
        assert_eq!(verify_message_id(&keys, None, &id), None);
        let reply = reply_address(&keys, company.unwrap(), email, "a@b.example").unwrap();
        let moved = format!("<{}.{}@x>", email.to_hex(), reply.split(['.', '@']).nth(1).unwrap());
        assert_eq!(verify_message_id(&keys, company, &moved), None, "a signature of the other purpose");
    }

    #[test]
    fn a_mark_tells_whose_mail_came_back() {
        let (keys_a, company) = (keys("a"), Some(ObjectId::new()));
        let mark = loop_mark(&keys_a, company);
        assert!(
            is_loop_mark(&keys_a, company, &mark)
                && is_loop_mark(&keys_a, company, &loop_mark(&keys_a, None))
        );
        assert!(!is_loop_mark(&keys_a, Some(ObjectId::new()), &mark), "another company's");
        assert!(!is_loop_mark(&keys("b"), company, &mark), "another installation's");
        assert!(!is_loop_mark(&keys_a, company, "1") && !is_loop_mark(&keys_a, company, ""));
    }

    #[test]
    fn base32_has_one_text_for_one_value() {
        for length in 0..40_usize {
            let bytes: Vec<u8> = (0..length).map(|at| u8::try_from(at * 37 % 256).unwrap()).collect();
            assert_eq!(decode(&encode(&bytes)).as_deref(), Some(&bytes[..]));
        }
        // From RFC 4648 section 10.
        assert_eq!(encode(b"foobar"), "mzxw6ytboi");
        for odd in ["a", "mzxw6ytb1", "mz=", "mr"] {
            assert!(decode(odd).is_none(), "{odd}");
        }
    }
}

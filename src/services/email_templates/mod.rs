//! Texts of mails as companies word them: checked when saved, published in versions, previewed and sent to oneself.

mod preview;
mod publish;
mod rules;
mod send_test;

pub use preview::preview;
pub use publish::{publish, revert, versions};
pub use send_test::send_test;

use crate::models::EmailTemplate;
use crate::services::mail::Texts;

/// What is written in a template now, published or not.
fn draft_of(template: &EmailTemplate) -> Texts {
    Texts {
        locale: template.locale.clone(),
        subject: template.subject.clone(),
        html: template.html.clone(),
        text: template.text.clone(),
    }
}

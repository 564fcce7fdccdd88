//! Finds the texts of a mail: what the company has published, in the language of the recipient or else its own, and the
//! platform's where there is nothing.

use super::catalog::Template;
use super::render::Texts;
use crate::db::{Db, Expr, Filter};
use crate::errors::Result;
use crate::models::{Company, EmailTemplate};
use crate::permissions::TenantScope;

/// Language of the platform's texts when there is none in a wanted one.
const LAST: &str = "en";

/// The language of a locale: `pt` of `pt-BR`.
pub fn language_of(locale: &str) -> &str {
    locale.split('-').next().unwrap_or(locale)
}

/// Languages to look for, in this order: as wanted, without region, the company's, that without region.
pub fn chain(wanted: Option<&str>, company: Option<&str>) -> Vec<String> {
    let mut chain: Vec<String> = Vec::new();
    for locale in [wanted, company].into_iter().flatten() {
        for candidate in [locale, language_of(locale)] {
            if !chain.iter().any(|known| known == candidate) {
                chain.push(candidate.to_owned());
            }
        }
    }
    chain
}

/// The texts for a recipient who prefers `locale`.
pub async fn find(
    db: &Db,
    scope: &TenantScope,
    template: &Template,
    company: Option<&Company>,
    locale: Option<&str>,
) -> Result<Texts> {
    let chain = chain(locale, company.map(|company| company.locale.as_str()));
    if template.editable && company.is_some() {
        let wanted = Filter::eq(EmailTemplate::key(), template.key)
            .and(Expr::is_in("locale", chain.iter().map(String::as_str)));
        let found = db.within::<EmailTemplate>(scope).find(wanted, 10).await?;
        let of = |locale: &String| found.iter().find(|one| one.locale == *locale)?.published();
        if let Some((locale, version)) = chain.iter().find_map(|locale| of(locale).map(|v| (locale, v))) {
            let part = |name: &str| version.get_str(name).unwrap_or_default().to_owned();
            let (subject, html, text) = (part("subject"), part("html"), part("text"));
            return Ok(Texts { locale: locale.clone(), subject, html, text });
        }
    }
    Ok(platform(template, &chain))
}

/// The platform's texts in the first language of the chain that there are some in.
pub fn platform(template: &Template, chain: &[String]) -> Texts {
    let languages = chain.iter().map(String::as_str).chain([LAST]);
    let found =
        languages.into_iter().find_map(|locale| template.default_text(locale).map(|text| (locale, text)));
    let (locale, (subject, html)) = found.unwrap_or((LAST, ("", "")));
    Texts {
        locale: locale.to_owned(),
        subject: subject.to_owned(),
        html: html.to_owned(),
        text: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::mail::catalog::template;

    #[test]
    fn languages_are_looked_for_in_order() {
        assert_eq!(chain(Some("pt-BR"), Some("de-AT")), ["pt-BR", "pt", "de-AT", "de"]);
        assert_eq!(chain(Some("de"), Some("de")), ["de"]);
        assert!(chain(None, None).is_empty());
        let mail = template("password_reset").unwrap();
        assert_eq!(platform(mail, &chain(Some("pt-BR"), Some("de-AT"))).locale, "de");
        assert_eq!(platform(mail, &chain(Some("fr"), None)).locale, "en");
    }
}

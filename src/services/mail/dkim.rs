//! Signs mail for a domain (DKIM, RFC 6376), and makes the keys for it.

use crate::errors::{AppError, Code, FieldErrors, Result};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256, SigningKey};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{Canonicalization, DkimSigner};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Headers that a signature covers; those that a mail lacks are covered as lacking only for `From` and `Subject`.
const HEADERS: &[&str] = &[
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Auto-Submitted",
];

/// A key of a domain.
#[derive(Clone, Debug)]
pub struct DkimKey {
    /// `rsa-sha256` or `ed25519-sha256`.
    pub algorithm: &'static str,
    /// Private key: base64 of PKCS#8.
    pub private: String,
    /// What the TXT record says.
    pub record: String,
}

/// Makes a key.
///
/// # Errors
/// 422 for an algorithm that there is not.
pub fn generate(algorithm: &str) -> Result<DkimKey> {
    let failed = |_| AppError::bug("a key cannot be made");
    match algorithm {
        "rsa-sha256" => {
            let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
            let private: Pkcs8V1Der<'_> = pair.as_der().map_err(failed)?;
            let public: PublicKeyX509Der<'_> = pair.public_key().as_der().map_err(failed)?;
            Ok(DkimKey {
                algorithm: "rsa-sha256",
                private: BASE64.encode(private.as_ref()),
                record: format!("v=DKIM1; k=rsa; p={}", BASE64.encode(public.as_ref())),
            })
        }
        "ed25519-sha256" => {
            let private = Ed25519Key::generate_pkcs8().map_err(AppError::internal)?;
            let pair =
                Ed25519KeyPair::from_pkcs8(&private).map_err(|_| AppError::bug("a new key is broken"))?;
            Ok(DkimKey {
                algorithm: "ed25519-sha256",
                private: BASE64.encode(&private),
                record: format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(pair.public_key().as_ref())),
            })
        }
        _ => {
            let message = "Must be rsa-sha256 or ed25519-sha256.";
            Err(FieldErrors::one("algorithm", Code::ValidationFailed, message).into())
        }
    }
}

/// The message with a signature in front.
pub fn sign(algorithm: &str, private: &str, domain: &str, selector: &str, message: &[u8]) -> Result<Vec<u8>> {
    let der = BASE64.decode(private).map_err(AppError::internal)?;
    let header = match algorithm {
        "ed25519-sha256" => {
            let key = Ed25519Key::from_pkcs8_der(&der).map_err(AppError::internal)?;
            header(key, domain, selector, message)?
        }
        _ => {
            let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der));
            let key = RsaKey::<Sha256>::from_key_der(der).map_err(AppError::internal)?;
            header(key, domain, selector, message)?
        }
    };
    Ok([header.as_bytes(), message].concat())
}

fn header(key: impl SigningKey, domain: &str, selector: &str, message: &[u8]) -> Result<String> {
    let signer = DkimSigner::from_key(key)
        .domain(domain)
        .selector(selector)
        .headers(HEADERS.iter().copied())
        .header_canonicalization(Canonicalization::Relaxed)
        .body_canonicalization(Canonicalization::Relaxed);
    Ok(signer.sign(message).map_err(AppError::internal)?.to_header())
}

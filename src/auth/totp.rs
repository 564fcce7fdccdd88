//! Time-based codes of authenticator apps (RFC 6238): SHA-1, six digits, thirty seconds, the only parameters that all
//! apps know.

use super::one_time::is_code;
use crate::errors::{AppError, Result};
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Builder, Secret};

/// Seconds of a time step.
const STEP_S: i64 = 30;

/// Name of the account's issuer in the app.
const ISSUER: &str = "Stoa";

/// Least width of the picture in pixels.
const QR_PIXELS: u32 = 240;

/// The header that a picture inside a page must not have.
const XML: &str = "<?xml version=\"1.0\" standalone=\"yes\"?>";

/// A secret shared with an app.
pub struct Totp(totp_rs::Totp);

impl Totp {
    /// A new secret of 160 bits (RFC 4226 section 4) for the account with this address.
    pub fn generate(account: &str) -> Result<Self> {
        Self::of(&rand::random::<[u8; 20]>(), account)
    }

    /// The secret in these bytes.
    ///
    /// # Errors
    /// A defect: they are too few, or the address has a colon.
    pub fn of(secret: &[u8], account: &str) -> Result<Self> {
        let built = Builder::new()
            .with_secret(Secret::new(secret.into()))
            .with_account_name(account)
            .with_issuer(Some(ISSUER))
            .with_skew(0)
            .build();
        // The error could quote the secret.
        built.map(Self).map_err(|_| AppError::bug("a TOTP secret that cannot be used"))
    }

    /// The bytes of the secret, to be sealed.
    pub fn secret(&self) -> &[u8] {
        self.0.secret().as_bytes()
    }

    /// The secret as people type it.
    pub fn base32(&self) -> String {
        self.0.secret().to_base32()
    }

    /// The `otpauth://` address that apps read.
    pub fn url(&self) -> Result<String> {
        self.0.to_url().map_err(|_| AppError::bug("a TOTP secret without address"))
    }

    /// The address as a QR code, an SVG element.
    pub fn qr_svg(&self) -> Result<String> {
        let code = QrCode::new(self.url()?).map_err(AppError::internal)?;
        let picture = code.render::<svg::Color<'_>>().min_dimensions(QR_PIXELS, QR_PIXELS).build();
        Ok(picture.trim_start_matches(XML).to_owned())
    }

    /// The number of the time step to which a code belongs: the one of `unix` (seconds since 1970) or the one before, for
    /// codes that were typed slowly. None when it belongs to neither.
    pub fn step_of(&self, code: &str, unix: i64) -> Option<i64> {
        if !is_code(code) {
            return None;
        }
        let now = unix / STEP_S;
        // Compared in constant time.
        [now, now - 1]
            .into_iter()
            .find(|step| u64::try_from(step * STEP_S).is_ok_and(|time| self.0.check(code, time).is_some()))
    }
}

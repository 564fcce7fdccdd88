//! Random texts and their base62 and checksum forms: what every opaque token and key id is made of.

use rand::RngExt;

/// Digits of base62, in ASCII order.
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Length of 32 bytes in base62: the least n with 62^n >= 2^256.
pub const BASE62_LEN_256: usize = 43;

/// Length of [`checksum`]: the least n with 62^n >= 2^32.
pub const CHECKSUM_LEN: usize = 6;

/// 32 bytes from the cryptographic generator: 256 bits, beyond any guessing.
pub fn bytes_256() -> [u8; 32] {
    rand::rng().random()
}

/// A random text of `len` base62 characters, each with log2(62) = 5.95 bits of entropy.
pub fn base62(len: usize) -> String {
    let mut rng = rand::rng();
    (0..len).map(|_| digit(rng.random_range(0..62))).collect()
}

/// 32 bytes as 43 base62 digits, most significant first. Different bytes give different texts.
pub fn encode_base62(bytes: &[u8; 32]) -> String {
    let mut number = *bytes;
    let mut digits = [0_u8; BASE62_LEN_256];
    for place in digits.iter_mut().rev() {
        let mut remainder = 0_u32;
        for byte in &mut number {
            let value = remainder * 256 + u32::from(*byte);
            // Both fit: value < 62 * 256.
            *byte = (value / 62) as u8;
            remainder = value % 62;
        }
        *place = remainder as u8;
    }
    digits.iter().map(|&value| digit(value)).collect()
}

/// CRC-32 (IEEE 802.3) of a text as 6 base62 digits. It finds typing errors and garbage before any database read and
/// lets secret scanners be precise; it protects against nobody.
pub fn checksum(text: &str) -> String {
    let mut rest = crc32fast::hash(text.as_bytes());
    let mut digits = [0_u8; CHECKSUM_LEN];
    for place in digits.iter_mut().rev() {
        *place = (rest % 62) as u8;
        rest /= 62;
    }
    digits.iter().map(|&value| digit(value)).collect()
}

/// Whether a text is made of base62 digits only.
pub fn is_base62(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn digit(value: u8) -> char {
    char::from(BASE62[usize::from(value)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_of_base62() {
        assert_eq!(encode_base62(&[0; 32]), "0".repeat(43));
        let mut small = [0; 32];
        small[31] = 61;
        assert_eq!(encode_base62(&small), format!("{}z", "0".repeat(42)));
        small[30] = 1; // 256 + 61 = 5 * 62 + 7
        assert_eq!(encode_base62(&small), format!("{}57", "0".repeat(41)));
        assert_eq!(encode_base62(&[255; 32]).len(), BASE62_LEN_256);
    }

    #[test]
    fn checksum_is_crc32_of_the_standard_check_value() {
        // CRC-32/ISO-HDLC of "123456789" is 0xCBF43926 = 3421780262.
        let digits = checksum("123456789");
        let value = digits.bytes().fold(0_u64, |sum, byte| {
            sum * 62 + BASE62.iter().position(|&digit| digit == byte).unwrap() as u64
        });
        assert_eq!(value, 0xCBF4_3926);
    }

    #[test]
    fn random_texts_differ_and_use_the_alphabet() {
        let texts: std::collections::HashSet<String> = (0..1000).map(|_| base62(22)).collect();
        assert_eq!(texts.len(), 1000);
        assert!(texts.iter().all(|text| text.len() == 22 && is_base62(text)));
        let used: std::collections::HashSet<char> = texts.iter().flat_map(|text| text.chars()).collect();
        assert_eq!(used.len(), 62, "22 000 draws reach every digit");
    }
}

//! Turns stored values into the JSON that clients read: ids as hex, times as RFC 3339 UTC with milliseconds.

use bson::{Bson, DateTime, Document, RawBsonRef, RawDocument};
use serde_json::{Map, Value};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// `2026-08-22T10:11:12.345Z`, always 24 characters for years 0 to 9999.
pub fn format_time(time: DateTime) -> String {
    let utc = time.to_time_0_3();
    let (date, clock) = (utc.date(), utc.time());
    let Ok(year @ 0..=9999) = u32::try_from(date.year()) else {
        return utc.format(&Rfc3339).unwrap_or_default();
    };
    // Digit by digit: rows of a list have a dozen times, and the general formatter is what they would cost most.
    let mut text = String::with_capacity(24);
    let mut put = |number: u32, digits: u32, end: char| {
        for place in (0..digits).rev() {
            text.push(char::from_digit(number / 10_u32.pow(place) % 10, 10).unwrap_or('0'));
        }
        text.push(end);
    };
    put(year, 4, '-');
    put(u32::from(u8::from(date.month())), 2, '-');
    put(u32::from(date.day()), 2, 'T');
    put(u32::from(clock.hour()), 2, ':');
    put(u32::from(clock.minute()), 2, ':');
    put(u32::from(clock.second()), 2, '.');
    put(u32::from(clock.millisecond()), 3, 'Z');
    text
}

/// Reads an RFC 3339 time with any offset; years 1 to 9999.
pub fn parse_time(text: &str) -> Option<DateTime> {
    let parsed = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    let utc = parsed.checked_to_offset(UtcOffset::UTC)?;
    (1..=9999).contains(&utc.year()).then(|| DateTime::from_time_0_3(utc))
}

/// One stored value as JSON. `_id` of nested documents becomes `id`.
pub fn bson_to_json(value: &Bson) -> Value {
    match value {
        Bson::Null | Bson::Undefined => Value::Null,
        Bson::Boolean(flag) => Value::Bool(*flag),
        Bson::Int32(number) => Value::from(*number),
        Bson::Int64(number) => Value::from(*number),
        Bson::Double(number) => Value::from(*number),
        Bson::String(text) => Value::String(text.clone()),
        Bson::ObjectId(id) => Value::String(id.to_hex()),
        Bson::DateTime(time) => Value::String(format_time(*time)),
        Bson::Array(items) => Value::Array(items.iter().map(bson_to_json).collect()),
        Bson::Document(document) => Value::Object(
            document.iter().map(|(name, value)| (wire_name(name).to_owned(), bson_to_json(value))).collect(),
        ),
        Bson::Binary(binary) => Value::String(hex::encode(&binary.bytes)),
        other => Value::String(other.to_string()),
    }
}

/// The members of `document` that `wanted` accepts by their wire name.
pub fn render_document(document: &Document, wanted: impl Fn(&str) -> bool) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in document {
        let name = wire_name(name);
        if wanted(name) {
            map.insert(name.to_owned(), bson_to_json(value));
        }
    }
    map
}

/// As [`render_document`], from the bytes as they came, which is what long lists can afford.
pub fn render_raw(
    document: &RawDocument,
    wanted: impl Fn(&str) -> bool,
) -> bson::error::Result<Map<String, Value>> {
    let mut map = Map::new();
    for element in document {
        let (name, value) = element?;
        let name = wire_name(name.as_str());
        if wanted(name) {
            map.insert(name.to_owned(), raw_to_json(value)?);
        }
    }
    Ok(map)
}

fn raw_to_json(value: RawBsonRef<'_>) -> bson::error::Result<Value> {
    Ok(match value {
        RawBsonRef::Null => Value::Null,
        RawBsonRef::Boolean(flag) => Value::Bool(flag),
        RawBsonRef::Int32(number) => Value::from(number),
        RawBsonRef::Int64(number) => Value::from(number),
        RawBsonRef::String(text) => Value::String(text.to_owned()),
        RawBsonRef::ObjectId(id) => Value::String(id.to_hex()),
        RawBsonRef::DateTime(time) => Value::String(format_time(time)),
        RawBsonRef::Array(items) => {
            let mut list = Vec::new();
            for item in items {
                list.push(raw_to_json(item?)?);
            }
            Value::Array(list)
        }
        RawBsonRef::Document(inner) => Value::Object(render_raw(inner, |_| true)?),
        other => bson_to_json(&Bson::try_from(other)?),
    })
}

fn wire_name(name: &str) -> &str {
    if name == "_id" { "id" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_they_were_written_and_as_other_programs_write_them() {
        let general = time::macros::format_description!(
            "[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z"
        );
        let ends = [-62_135_596_800_000, 253_402_300_799_999];
        let some = (0..2000).map(|n| n * 86_399_123_457 % 253_402_300_799_999);
        for millis in ends.into_iter().chain([-1, 0, 1, 951_782_400_000]).chain(some) {
            let stored = DateTime::from_millis(millis);
            let text = format_time(stored);
            assert_eq!(text, stored.to_time_0_3().format(general).unwrap());
            assert_eq!(parse_time(&text), Some(stored), "{text}");
        }
    }
}

//! The forms in which clients ask for lists; all reach the same query.

/// How a list is asked for, and so how it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `page`, `per_page`, `sort`, `filter`, `ids`, `after`: `{data,total,pageInfo,meta}`.
    Canonical,
    /// `skip`, `limit` and flat filters: `{data,total}`.
    SkipLimit,
    /// `ra-data-simple-rest`: bare array and `Content-Range`.
    SimpleRest,
    /// `ra-data-json-server`: bare array and `X-Total-Count`.
    JsonServer,
}

impl Dialect {
    /// The dialect that a set of parameters speaks.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let has = |name: &str| pairs.iter().any(|(key, _)| key == name);
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
        let only_ids = id_list(pairs).is_some();
        if has("range") || value("sort").is_some_and(|sort| sort.starts_with('[')) || only_ids {
            Self::SimpleRest
        } else if has("id") || pairs.iter().any(|(key, _)| key.starts_with('_')) {
            Self::JsonServer
        } else if has("skip") || has("limit") {
            Self::SkipLimit
        } else {
            Self::Canonical
        }
    }

    /// Whether filters come as parameters of their own.
    pub fn has_flat_filters(self) -> bool {
        matches!(self, Self::SkipLimit | Self::JsonServer)
    }

    /// Parameters of the dialect besides flat filters.
    pub fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::Canonical => {
                &["page", "per_page", "sort", "filter", "ids", "q", "fields", "after", "total", "trash"]
            }
            Self::SkipLimit => &["skip", "limit", "sort", "order", "filter", "q", "fields", "trash"],
            Self::SimpleRest => &["range", "sort", "filter"],
            Self::JsonServer => {
                &["_start", "_end", "_sort", "_order", "_page", "_limit", "_embed", "_expand", "id", "q"]
            }
        }
    }

    /// Clients of the dialect cannot do without a total.
    pub fn needs_total(self) -> bool {
        self != Self::Canonical
    }
}

/// The ids that `ra-data-simple-rest` asks for by `getMany`: `filter={"id":[…]}` and nothing else.
pub(super) fn id_list(pairs: &[(String, String)]) -> Option<Vec<String>> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Ids {
        id: Vec<String>,
    }
    match pairs {
        [(name, filter)] if name == "filter" => serde_json::from_str::<Ids>(filter).ok().map(|ids| ids.id),
        _ => None,
    }
}

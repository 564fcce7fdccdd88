//! Asks the DNS whether a domain admits to a key: who may write there owns the domain.

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A way to the DNS. What was found is remembered for as long as the record says.
pub(super) struct Names {
    server: Option<SocketAddr>,
    resolver: OnceLock<Option<TokioResolver>>,
}

impl Names {
    /// Asks that server, or those of the system.
    pub(super) fn new(server: Option<SocketAddr>) -> Self {
        Self { server, resolver: OnceLock::new() }
    }

    /// Whether the DNS has the key of `record` (RFC 6376 section 3.6.1) under this name. No where it cannot be asked.
    pub(super) async fn admit(&self, name: &str, record: &str) -> bool {
        let Some(wanted) = key_of(record) else { return false };
        let Some(resolver) = self.resolver() else { return false };
        let found = tokio::time::timeout(PATIENCE, resolver.txt_lookup(format!("{name}."))).await;
        let Ok(Ok(found)) = found else { return false };
        found.answers().iter().any(|answer| match &answer.data {
            // A long record comes in pieces that belong together.
            RData::TXT(text) => {
                key_of(&String::from_utf8_lossy(&text.txt_data.concat())).as_deref() == Some(&*wanted)
            }
            _ => false,
        })
    }

    fn resolver(&self) -> Option<&TokioResolver> {
        let resolver = self.resolver.get_or_init(|| {
            let built = match self.server {
                Some(server) => {
                    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
                    let connections = connections.map(|mut connection| {
                        connection.port = server.port();
                        connection
                    });
                    let server = NameServerConfig::new(server.ip(), true, connections.into());
                    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
                    TokioResolver::builder_with_config(config, TokioRuntimeProvider::default()).build()
                }
                None => TokioResolver::builder_tokio().and_then(|builder| builder.build()),
            };
            built.inspect_err(|error| tracing::warn!(%error, "the DNS cannot be asked for keys of mail")).ok()
        });
        resolver.as_ref()
    }
}

/// The key of a record, without the blanks that are allowed in it.
fn key_of(record: &str) -> Option<String> {
    let key = record.split(';').find_map(|tag| tag.trim().strip_prefix("p="))?;
    let key: String = key.split_whitespace().collect();
    (!key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn the_key_is_told_apart_from_the_rest_of_the_record() {
        assert_eq!(key_of("v=DKIM1; k=rsa; p=MIIB IjAN").as_deref(), Some("MIIBIjAN"));
        for none in ["", "v=DKIM1; k=rsa", "v=DKIM1; p=", "p"] {
            assert_eq!(key_of(none), None, "{none}");
        }
    }
}

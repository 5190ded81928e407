//! What an image's name tells: its tag, and what kind of software it is.

use crate::design::model::component::ComponentKind;

/// The parts of an image's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image<'a> {
    /// Everything before the tag and the digest.
    pub repository: &'a str,
    /// The tag.
    pub tag: Option<&'a str>,
    /// Whether a digest fixes it.
    pub digest: bool,
}

/// Takes an image's name apart.
pub fn parse(image: &str) -> Image<'_> {
    let (rest, digest) = match image.split_once('@') {
        Some((rest, _)) => (rest, true),
        None => (image, false),
    };
    // A colon before the last slash belongs to the registry's port.
    let slash = rest.rfind('/').map_or(0, |at| at + 1);
    match rest[slash..].find(':') {
        Some(at) => Image { repository: &rest[..slash + at], tag: Some(&rest[slash + at + 1..]), digest },
        None => Image { repository: rest, tag: None, digest },
    }
}

/// Well-known software by the last part of its image's name. A name counts where it is the whole
/// part or a word of it (`bitnami/postgresql-repmgr`, `redis-stack`).
const PRODUCTS: [(&str, ComponentKind); 55] = {
    use ComponentKind as K;
    [
        ("postgres", K::Database),
        ("postgresql", K::Database),
        ("postgis", K::Database),
        ("timescaledb", K::Database),
        ("mysql", K::Database),
        ("mariadb", K::Database),
        ("percona", K::Database),
        ("mongo", K::Database),
        ("mongodb", K::Database),
        ("cassandra", K::Database),
        ("scylla", K::Database),
        ("couchdb", K::Database),
        ("couchbase", K::Database),
        ("cockroach", K::Database),
        ("neo4j", K::Database),
        ("influxdb", K::Database),
        ("clickhouse", K::Database),
        ("elasticsearch", K::Database),
        ("opensearch", K::Database),
        ("solr", K::Database),
        ("mssql", K::Database),
        ("oracle", K::Database),
        ("spanner", K::Database),
        ("rethinkdb", K::Database),
        ("hazelcast", K::Cache),
        ("redis", K::Cache),
        ("valkey", K::Cache),
        ("memcached", K::Cache),
        ("dragonfly", K::Cache),
        ("rabbitmq", K::MessageBroker),
        ("kafka", K::MessageBroker),
        ("redpanda", K::MessageBroker),
        ("nats", K::MessageBroker),
        ("activemq", K::MessageBroker),
        ("mosquitto", K::MessageBroker),
        ("pulsar", K::MessageBroker),
        ("etcd", K::ConsensusStore),
        ("zookeeper", K::ConsensusStore),
        ("consul", K::ConsensusStore),
        ("minio", K::ObjectStorage),
        ("vault", K::SecretStore),
        ("prometheus", K::Monitoring),
        ("grafana", K::Monitoring),
        ("alertmanager", K::Monitoring),
        ("loki", K::Logging),
        ("fluentd", K::Logging),
        ("filebeat", K::Logging),
        ("logstash", K::Logging),
        ("traefik", K::Gateway),
        ("envoy", K::Gateway),
        ("haproxy", K::LoadBalancer),
        ("keycloak", K::IdentityProvider),
        ("openldap", K::Directory),
        ("registry", K::Registry),
        ("coredns", K::Dns),
    ]
};

/// Words that make an image another thing than the product it names: a client, an exporter, a console.
const ABOUT: [&str; 18] = [
    "exporter",
    "backup",
    "operator",
    "client",
    "admin",
    "commander",
    "ui",
    "express",
    "slave-test",
    "benchmark",
    "init",
    "proxy",
    "sidecar",
    "tools",
    "cli",
    "connect",
    "restore",
    "dashboard",
];

/// What kind of software an image holds, with the product's name, where it is well known.
pub fn product(image: &str) -> Option<(&'static str, ComponentKind)> {
    let name = parse(image).repository.rsplit('/').next()?.to_lowercase();
    let words: Vec<&str> = name.split(['-', '_', '.']).collect();
    if words.iter().any(|word| ABOUT.contains(word)) {
        return None;
    }
    PRODUCTS.iter().find(|(word, _)| words.contains(word)).copied()
}

/// Where well-known products keep what they store, by the start of the path.
const DATA: [&str; 14] = [
    "/data",
    "/var/lib/postgresql",
    "/var/lib/mysql",
    "/var/lib/mariadb",
    "/var/lib/mongodb",
    "/var/lib/cassandra",
    "/var/lib/rabbitmq",
    "/bitnami",
    "/var/lib/redis",
    "/opt/couchdb/data",
    "/usr/share/elasticsearch/data",
    "/var/lib/kafka",
    "/var/lib/etcd",
    "/var/lib/influxdb",
];

/// Whether a path is where a product keeps what it stores.
pub fn keeps_data(path: &str) -> bool {
    DATA.iter().any(|start| path == *start || path.strip_prefix(start).is_some_and(|rest| rest.starts_with('/')))
        || path.ends_with("/data")
}

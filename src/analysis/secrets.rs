//! For every secret of a design: where it lives, in which form, who uses it and who may read it.
//!
//! A Kubernetes Secret is base64 only in the API and in manifests. What lies in the datastore is
//! the value's own bytes, unless the API server encrypts before it writes, or the disk below does.

use std::collections::BTreeSet;

use super::derived::Derived;
use super::view::{Home, View};
use crate::design::model::component::{Component, ComponentKind};
use crate::design::model::place::{Cluster, Datastore, Distribution, EncryptionLevel, SecretsProvider};
use crate::said;
use crate::source::Said;

/// How Secrets lie in a cluster's datastore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtRest {
    /// The API server encrypts before it writes: a copy of the datastore tells nothing.
    Api(SecretsProvider),
    /// The same, as the distribution does where nothing is said.
    ByDefault(SecretsProvider),
    /// Plain bytes on an encrypted disk: who reads the mounted disk or a dump of the datastore reads them.
    Disk,
    /// Plain bytes.
    Plain,
    /// The design does not say.
    Unsaid,
}

impl AtRest {
    /// Whether a copy of the datastore tells nothing.
    pub fn is_encrypted(self) -> bool {
        matches!(self, AtRest::Api(_) | AtRest::ByDefault(_))
    }

    /// In words, for a cell of a table.
    pub fn title(self) -> Said {
        match self {
            AtRest::Api(provider) => said!(
                "encrypted by the API server ({word})",
                "chiffré par l’API server ({word})",
                word = provider.word()
            ),
            AtRest::ByDefault(provider) => {
                said!(
                    "encrypted by the distribution’s default ({word})",
                    "chiffré par défaut par la distribution ({word})",
                    word = provider.word()
                )
            }
            AtRest::Disk => said!("plain bytes on an encrypted disk", "en clair sur un disque chiffré"),
            AtRest::Plain => said!("plain bytes", "en clair"),
            AtRest::Unsaid => said!("not said", "non précisé"),
        }
    }
}

/// Where a cluster keeps its Secrets, in words: `the SQLite file of k3s`.
pub fn datastore(cluster: &Cluster) -> Said {
    let product = cluster.distribution.title();
    match cluster.control_plane.as_ref().map(|plane| plane.datastore) {
        Some(Datastore::Sqlite) => said!(
            "SQLite, a file on the one server of {product}",
            "SQLite, un fichier sur l’unique serveur de {product}"
        ),
        Some(Datastore::Etcd) => said!("etcd of {product}", "etcd de {product}"),
        Some(Datastore::External) => said!("an external database of {product}", "une base externe de {product}"),
        None if cluster.distribution.managed() => {
            said!("the provider’s datastore ({product})", "le datastore du fournisseur ({product})")
        }
        None => said!("the datastore of {product}", "le datastore de {product}"),
    }
}

/// What a distribution does where the design says nothing about encryption.
fn default_of(cluster: &Cluster) -> Option<SecretsProvider> {
    match cluster.distribution {
        // All API data since 1.28, with a key of the provider's.
        Distribution::Eks if cluster.kubernetes.value.major_minor() >= (1, 28) => Some(SecretsProvider::KmsV2),
        Distribution::Rke2 => Some(SecretsProvider::Aescbc),
        _ => None,
    }
}

/// How Secrets lie in the datastore of a cluster.
pub fn at_rest(view: &View<'_>, name: &str, cluster: &Cluster) -> Derived<AtRest> {
    let path = view.path(&format!("clusters.{name}"));
    let store = datastore(cluster);
    let Some(said) = &cluster.encryption_at_rest else {
        let (value, formula) = match default_of(cluster) {
            Some(provider) => (
                AtRest::ByDefault(provider),
                said!(
                    "{store}; nothing is said, and {product} encrypts with {word}",
                    "{store} ; rien n’est dit, et {product} chiffre avec {word}",
                    store = store,
                    product = cluster.distribution.title(),
                    word = provider.word()
                ),
            ),
            None => (
                AtRest::Unsaid,
                said!(
                    "{store}; `encryption_at_rest` is not said",
                    "{store} ; `encryption_at_rest` n’est pas dit",
                    store = store
                ),
            ),
        };
        return Derived::new(value, formula)
            .from_fact(format!("{path}.distribution"))
            .from_fact(format!("{path}.kubernetes"));
    };
    let provider = said.secrets.word();
    let (value, formula) = match (said.secrets, said.level) {
        (SecretsProvider::None, Some(EncryptionLevel::Disk)) | (_, Some(EncryptionLevel::Disk)) => (
            AtRest::Disk,
            said!("{store}; only the disk is encrypted", "{store} ; seul le disque est chiffré", store = store),
        ),
        (SecretsProvider::None, _) => (
            AtRest::Plain,
            said!(
                "{store}; no encryption provider, and base64 is only the form in the API",
                "{store} ; aucun fournisseur de chiffrement, et le base64 n’est que la forme dans l’API",
                store = store
            ),
        ),
        (secrets, _) => (
            AtRest::Api(secrets),
            said!(
                "{store}; {provider} encrypts before writing",
                "{store} ; {provider} chiffre avant l’écriture",
                store = store
            ),
        ),
    };
    let level = said.level.map(|_| format!("{path}.encryption_at_rest.level"));
    Derived::new(value, formula).from_fact(format!("{path}.encryption_at_rest.secrets")).from_facts(level)
}

/// Who holds the keys with which a cluster's Secrets are encrypted; nobody where they are not.
pub fn keys(view: &View<'_>, name: &str, cluster: &Cluster) -> Derived<Said> {
    let path = view.path(&format!("clusters.{name}.encryption_at_rest"));
    let rest = at_rest(view, name, cluster);
    let said = cluster.encryption_at_rest.as_ref();
    if let Some(component) = said.and_then(|said| said.keys_in.as_ref()) {
        return Derived::new(Said::same(component.0.clone()), said!("`keys_in` names it", "`keys_in` le nomme"))
            .from_fact(format!("{path}.keys_in"));
    }
    let (AtRest::Api(provider) | AtRest::ByDefault(provider)) = rest.value else {
        return rest.map(|_| {
            said!("nobody: nothing is encrypted by the API server", "personne : l’API server ne chiffre rien")
        });
    };
    let value = match provider {
        SecretsProvider::KmsV1 | SecretsProvider::KmsV2 if cluster.distribution.managed() => {
            said!("the provider’s key service", "le service de clés du fournisseur")
        }
        SecretsProvider::KmsV1 | SecretsProvider::KmsV2 => {
            said!("a key service that is not named", "un service de clés qui n’est pas nommé")
        }
        _ => said!("a file beside the API server", "un fichier à côté de l’API server"),
    };
    rest.map(|_| value)
}

/// A secret with everything that follows about it.
#[derive(Debug, Clone)]
pub struct Secret<'a> {
    /// Its name.
    pub name: &'a str,
    /// The store or cluster that declares it, by its address within the design.
    pub declared_at: String,
    /// Where its value lives: the store, and the clusters that have a copy.
    pub lives: Derived<Said>,
    /// How it lies in the datastore of each cluster that has it, worst first; `None` where no cluster does.
    pub at_rest: Derived<Option<AtRest>>,
    /// Who holds the keys that protect it there.
    pub keys: Derived<Said>,
    /// The components that use it.
    pub users: Derived<BTreeSet<&'a str>>,
    /// The components and people that may read it.
    pub readers: Derived<BTreeSet<&'a str>>,
    /// How it reaches those who use it.
    pub delivered: Derived<Said>,
    /// How often it changes.
    pub rotated: Derived<Said>,
}

impl Secret<'_> {
    /// Those who may read it and do not use it.
    pub fn idle_readers(&self) -> Vec<&str> {
        self.readers.value.iter().filter(|reader| !self.users.value.contains(*reader)).copied().collect()
    }
}

/// Every secret of a design: those that stores keep, in the order of the text, then those of clusters alone.
pub fn secrets<'a>(view: &View<'a>) -> Vec<Secret<'a>> {
    let mut found: Vec<Secret<'a>> = Vec::new();
    for (store, component) in &view.design.components {
        for secret in &component.holds {
            found.push(of_store(view, secret, store, component));
        }
    }
    for (name, cluster) in &view.design.clusters {
        for secret in &cluster.holds {
            if !found.iter().any(|other| *other.name == **secret) {
                found.push(of_cluster(view, secret, name, cluster));
            }
        }
    }
    found
}

/// How a component gets a secret: the address of the reference, and whether as a variable.
fn uses<'a>(view: &View<'a>, secret: &str) -> Vec<(&'a str, &'a Component, String, bool)> {
    let mut found = Vec::new();
    for (name, component) in &view.design.components {
        for (block, references, variable) in [
            ("env_from_secrets", &component.env_from_secrets, true),
            ("files_from_secrets", &component.files_from_secrets, false),
        ] {
            for (key, _) in references.iter().filter(|(_, reference)| *reference.secret == *secret) {
                found.push((
                    name.as_str(),
                    component,
                    view.path(&format!("components.{name}.{block}.{key}")),
                    variable,
                ));
            }
        }
    }
    found
}

/// Whether a way of delivery leaves a Kubernetes Secret behind. A CSI driver and an agent put the
/// value into the pod's memory; a variable needs a Secret whatever brings it, agents excepted.
fn copies(delivered_by: Option<&str>, variable: bool) -> bool {
    let Some(way) = delivered_by.map(str::to_lowercase) else { return true };
    let agent = ["agent", "injector", "sidecar", "api", "hardware", "pkcs11", "workload-identity"]
        .iter()
        .any(|word| way.contains(word));
    let driver = way.contains("csi");
    if driver { variable } else { !agent }
}

fn used_by<'a>(view: &View<'a>, secret: &str) -> Derived<BTreeSet<&'a str>> {
    let uses = uses(view, secret);
    let names: BTreeSet<&str> = uses.iter().map(|(name, ..)| *name).collect();
    let n = names.len();
    let formula = said!("{n} components refer to `{secret}`", "{n} composants se réfèrent à `{secret}`");
    Derived::new(names, formula).from_facts(uses.into_iter().map(|(.., path, _)| path))
}

fn of_store<'a>(view: &View<'a>, secret: &'a str, store: &'a str, component: &'a Component) -> Secret<'a> {
    let path = view.path(&format!("components.{store}"));
    let mut users = used_by(view, secret);
    // Who calls the store and refers to nothing in it by name uses all that it keeps, as with an HSM.
    for (name, connection) in view.design.connections.iter().filter(|(_, connection)| *connection.to == *store) {
        let Some((caller, declared)) = view.design.components.get_key_value(&connection.from.0) else { continue };
        let mut references = declared.env_from_secrets.values().chain(declared.files_from_secrets.values());
        if !references.any(|reference| component.holds.iter().any(|held| **held == *reference.secret)) {
            users.value.insert(caller.as_str());
            users.facts.insert(view.path(&format!("connections.{name}.from")));
            users.formula = said!(
                "those that refer to `{secret}`, and those that call `{store}` and refer to nothing in it",
                "ceux qui se réfèrent à `{secret}`, et ceux qui appellent `{store}` sans s’y référer par un nom"
            );
        }
    }
    let way = component.delivered_by.as_deref();
    let mut copied: Vec<(&str, &Cluster)> = Vec::new();
    for (_, user, _, variable) in uses(view, secret) {
        if let Home::Cluster(name, cluster) = view.home(user)
            && copies(way, variable)
            && !copied.iter().any(|(other, _)| *other == name)
        {
            copied.push((name, cluster));
        }
    }
    // A cluster that also declares it keeps a copy in any case.
    for (name, cluster) in &view.design.clusters {
        if cluster.holds.iter().any(|other| **other == *secret)
            && !copied.iter().any(|(other, _)| *other == name.as_str())
        {
            copied.push((name, cluster));
        }
    }
    let product =
        component.product.clone().map_or_else(|| store.to_owned(), |product| format!("{product} (`{store}`)"));
    let names: Vec<String> = copied.iter().map(|(name, _)| format!("`{name}`")).collect();
    let lives = match (names.is_empty(), way) {
        (true, _) => said!("{product}; no cluster keeps a copy", "{product} ; aucun cluster n’en garde de copie"),
        (false, Some(way)) => said!(
            "{product}; {way} leaves a copy in the datastore of {names}",
            "{product} ; {way} en laisse une copie dans le datastore de {names}",
            names = Said::list(&names)
        ),
        (false, None) => said!(
            "{product}; a copy in the datastore of {names}",
            "{product} ; une copie dans le datastore de {names}",
            names = Said::list(&names)
        ),
    };
    let mut readers: BTreeSet<&str> = users.value.clone();
    readers
        .extend(copied.iter().flat_map(|(_, cluster)| cluster.secret_readers.iter().map(|reader| reader.0.as_str())));
    let reading = copied.iter().map(|(name, _)| view.path(&format!("clusters.{name}.secret_readers")));
    let delivered = way.map_or_else(|| said!("not said", "non précisé"), Said::same);
    let rotated = component.rotates_every.as_ref().map_or_else(
        || said!("not said", "non précisé"),
        |period| said!("after at most {period}", "au plus tard après {period}", period = period),
    );
    Secret {
        name: secret,
        declared_at: format!("components.{store}"),
        lives: Derived::new(lives.clone(), lives).from_fact(format!("{path}.holds")),
        at_rest: worst(view, &copied),
        keys: copied.first().map_or_else(
            || {
                Derived::new(Said::same(store), said!("the store itself", "le coffre lui-même"))
                    .from_fact(format!("{path}.holds"))
            },
            |(name, cluster)| keys(view, name, cluster),
        ),
        readers: Derived::new(
            readers,
            said!(
                "its users, and the readers of clusters that have a copy",
                "ses utilisateurs, et les lecteurs des clusters qui en ont une copie"
            ),
        )
        .from_facts(reading),
        users,
        delivered: Derived::new(delivered, said!("`delivered_by` of the store", "`delivered_by` du coffre"))
            .from_facts(way.map(|_| format!("{path}.delivered_by"))),
        rotated: Derived::new(rotated, said!("`rotates_every` of the store", "`rotates_every` du coffre"))
            .from_facts(component.rotates_every.as_ref().map(|_| format!("{path}.rotates_every"))),
    }
}

fn of_cluster<'a>(view: &View<'a>, secret: &'a str, name: &'a str, cluster: &'a Cluster) -> Secret<'a> {
    let path = view.path(&format!("clusters.{name}"));
    let users = used_by(view, secret);
    let mut readers: BTreeSet<&str> = cluster.secret_readers.iter().map(|reader| reader.0.as_str()).collect();
    readers.extend(users.value.iter().copied());
    let lives =
        said!("the cluster `{name}` alone: {store}", "le seul cluster `{name}` : {store}", store = datastore(cluster));
    let variable = uses(view, secret).iter().any(|(.., variable)| *variable);
    let delivered = if variable {
        said!("secretKeyRef: a variable of the process", "secretKeyRef : une variable du processus")
    } else {
        said!("a mounted volume", "un volume monté")
    };
    Secret {
        name: secret,
        declared_at: format!("clusters.{name}"),
        lives: Derived::new(lives.clone(), lives).from_fact(format!("{path}.holds")),
        at_rest: worst(view, &[(name, cluster)]),
        keys: keys(view, name, cluster),
        readers: Derived::new(readers, said!("users and `secret_readers`", "utilisateurs et `secret_readers`"))
            .from_fact(format!("{path}.secret_readers")),
        delivered: Derived::new(
            delivered,
            said!("how components refer to it", "la façon dont les composants s’y réfèrent"),
        )
        .from_facts(users.facts.clone()),
        rotated: Derived::new(
            said!("by hand: no store renews it", "à la main : aucun coffre ne le renouvelle"),
            said!("it lives in the cluster alone", "il ne vit que dans le cluster"),
        )
        .from_fact(format!("{path}.holds")),
        users,
    }
}

/// The weakest form in which some cluster keeps a secret.
fn worst(view: &View<'_>, clusters: &[(&str, &Cluster)]) -> Derived<Option<AtRest>> {
    let rank = |at_rest: AtRest| match at_rest {
        AtRest::Plain => 0,
        AtRest::Unsaid => 1,
        AtRest::Disk => 2,
        AtRest::ByDefault(_) => 3,
        AtRest::Api(_) => 4,
    };
    let all = clusters.iter().map(|(name, cluster)| at_rest(view, name, cluster));
    all.min_by_key(|derived| rank(derived.value)).map_or_else(
        || Derived::new(None, said!("no cluster keeps it", "aucun cluster ne le garde")),
        |derived| derived.map(Some),
    )
}

/// Whether a component is given any secret at all.
pub fn uses_any(component: &Component) -> bool {
    !component.env_from_secrets.is_empty() || !component.files_from_secrets.is_empty()
}

/// Whether a component's task is to read secrets for others.
pub fn reads_for_others(component: &Component) -> bool {
    component.kind == ComponentKind::SecretStore
}

#[cfg(test)]
mod tests;

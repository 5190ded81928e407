//! `secrets/plaintext-credentials`

use crate::analysis::credentials::{credentials, looks_like_one};
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Said, Severity};

/// No credential stands in a manifest.
pub static RULE: Rule = Rule {
    code: "secrets/plaintext-credentials",
    summary: words(
        "No credential stands in a manifest as it is",
        "Aucun identifiant ne figure en clair dans un manifeste",
    ),
    why: words(
        "Manifests are versioned and shared: a credential in one is in every clone, every build log and every copy of the deployment's object, and its history cannot be taken back.",
        "Les manifestes sont versionnés et partagés : un mot de passe s’y retrouve dans chaque clone, chaque journal de build et chaque copie de l’objet déployé, et son historique ne s’efface pas.",
    ),
    detects: words(
        "`env` of a component: a name that says password, secret, token or a secret kind of key, or a value that is a private key, an issued token, a URL or a connection string with a password. References such as `$(OTHER)` pass. The value is never shown.",
        "`env` d’un composant : un nom qui dit mot de passe, secret, jeton ou clé secrète, ou une valeur qui est une clé privée, un jeton émis, une URL ou une chaîne de connexion avec mot de passe. Les références comme `$(AUTRE)` passent. La valeur n’est jamais affichée.",
    ),
    exceptions: words(
        "Peers disagree about variables as such: a Secret read into a variable shows in `/proc` and in crash dumps, and a mounted file does not. Both pass here: what matters first is that the value is not in the manifest. Names that only speak about a credential (`PASSWORD_FILE`, `TOKEN_TTL`) pass.",
        "Les avis divergent sur les variables elles-mêmes : un Secret lu dans une variable se voit dans `/proc` et dans les vidages mémoire, un fichier monté non. Les deux passent ici : l’essentiel est que la valeur ne soit pas dans le manifeste. Les noms qui ne font que parler d’un identifiant (`PASSWORD_FILE`, `TOKEN_TTL`) passent.",
    ),
    remedy: words(
        "move the value into a Secret or a secret store, refer to it in `env_from_secrets` or `files_from_secrets`, and change it: it has been seen",
        "déplacez la valeur dans un Secret ou un coffre, référez-vous-y par `env_from_secrets` ou `files_from_secrets`, et changez-la : elle a été vue",
    ),
    sources: &[
        "Kubernetes documentation, Good practices for Kubernetes Secrets",
        "PCI DSS v4.0.1, 8.6.2 (no hard-coded passwords)",
        "CWE-798",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
components:
  web: {kind: service, env: {DB_PASSWORD: example, LOG_LEVEL: info}}
",
    passing: r"
kind: design
name: shop
context: cloud
components:
  vault: {kind: secret-store, holds: [db]}
  web: {kind: service, env: {LOG_LEVEL: info}, env_from_secrets: {DB_PASSWORD: {secret: db, key: password}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let found = credentials(view);
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        if component.env.is_empty() && !crate::analysis::secrets::uses_any(component) {
            continue;
        }
        let path = format!("components.{name}");
        let before = verdicts.len();
        for credential in found.iter().filter(|credential| credential.component == name) {
            let variable = credential.variable;
            let message = said!(
                "`{name}` has a credential in `{variable}`: {because}",
                "`{name}` a un identifiant dans `{variable}` : {because}",
                because = credential.because
            );
            let help = said!(
                "move it to `env_from_secrets: {{{variable}: {{secret: …, key: …}}}}`, and change it: it has been seen",
                "déplacez-le dans `env_from_secrets: {{{variable}: {{secret: …, key: …}}}}`, et changez-le : il a été vu"
            );
            // The block is pointed at, not the value: a snippet would show it.
            verdicts.push(Verdict::fail(&path, message).at(format!("{path}.env")).help(help));
        }
        if verdicts.len() == before {
            verdicts.push(Verdict::pass(path));
        }
    }
    verdicts
}

/// The same of objects: the variables and the arguments of each container.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let mut broken = Vec::new();
        let mut names = Vec::new();
        for container in judged.all_containers() {
            for variable in container.environment() {
                let value = variable.value.and_then(Node::scalar).unwrap_or("");
                if looks_like_one(variable.name, value).is_some() {
                    names.push(format!("`{}`", variable.name));
                    broken.push((container, variable.span));
                }
            }
            for key in ["command", "args"] {
                let words = container.node.get(key).map(Node::items).unwrap_or_default();
                if words.iter().any(|word| view.workspace.sources.hides(word.span)) {
                    names.push(format!("`{key}`"));
                    broken.push((container, container.key(key)));
                }
            }
        }
        let list = Said::list(&names);
        verdicts.push(judged.verdict(&broken, |who| {
            said!(
                "a credential stands in {list} of {who}",
                "un identifiant figure en clair dans {list} de {who}",
                list = list,
                who = who
            )
        }));
    }
    verdicts
}

//! What looks like a credential: told by a variable's name and by a value's shape.
//!
//! The value itself never leaves this file: whoever asks gets a reason and masks the place.

use crate::said;
use crate::source::Said;

/// Words that name a credential by themselves.
const WORDS: [&str; 12] = [
    "password",
    "passwd",
    "pwd",
    "pass",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "credential",
    "credentials",
    "pat",
    "pgpassword",
];
/// Words before `key` that make it a secret one; a bare `key` is one too.
const KEYS: [&str; 15] = [
    "batch",
    "cli",
    "api",
    "access",
    "private",
    "secret",
    "encryption",
    "signing",
    "auth",
    "account",
    "master",
    "license",
    "storage",
    "shared",
    "hmac",
];
/// Last words with which a name speaks about a credential rather than being one.
const ABOUT: [&str; 33] = [
    "file",
    "path",
    "dir",
    "name",
    "url",
    "uri",
    "endpoint",
    "host",
    "ttl",
    "expiry",
    "expires",
    "expiration",
    "length",
    "size",
    "limit",
    "limits",
    "header",
    "id",
    "arn",
    "ref",
    "enabled",
    "required",
    "policy",
    "count",
    "rotation",
    "timeout",
    "interval",
    "type",
    "issuer",
    "audience",
    "algorithm",
    "attempts",
    "version",
];
/// How issued tokens begin, with who issues them.
const ISSUED: [(&str, &str); 13] = [
    ("AKIA", "AWS"),
    ("ASIA", "AWS"),
    ("ghp_", "GitHub"),
    ("gho_", "GitHub"),
    ("ghs_", "GitHub"),
    ("github_pat_", "GitHub"),
    ("glpat-", "GitLab"),
    ("xoxb-", "Slack"),
    ("xoxp-", "Slack"),
    ("sk_live_", "Stripe"),
    ("rk_live_", "Stripe"),
    ("AIza", "Google"),
    ("hvs.", "Vault"),
];

/// Why a variable is taken for a credential; `None` where it is not.
pub fn looks_like_one(variable: &str, value: &str) -> Option<Said> {
    let value = value.trim();
    if value.is_empty() || is_reference(value) {
        return None;
    }
    if let Some(because) = by_value(value) {
        return Some(because);
    }
    let harmless = matches!(value.to_lowercase().as_str(), "true" | "false" | "yes" | "no" | "none" | "null")
        || value.starts_with('/');
    let word = by_name(variable)?;
    // A number is a limit or a duration unless the name says password.
    let number = value.bytes().all(|byte| byte.is_ascii_digit())
        && !word.starts_with("pass")
        && word != "pwd"
        && word != "pgpassword";
    (!harmless && !number).then(|| said!("its name says `{word}`", "son nom dit `{word}`"))
}

/// `$(OTHER)`, `${OTHER}`, `{{ other }}`, `vault:path#key`: the value is elsewhere.
fn is_reference(value: &str) -> bool {
    let wrapped = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close);
    wrapped("$(", ")")
        || wrapped("${", "}")
        || wrapped("{{", "}}")
        || wrapped("<", ">")
        || value.starts_with("vault:")
        || value.starts_with("ref+")
}

fn by_name(variable: &str) -> Option<String> {
    let words = split(variable);
    let last = words.last()?;
    if ABOUT.contains(&last.as_str()) || words.iter().any(|word| word == "public") {
        return None;
    }
    if let Some(word) = words.iter().find(|word| WORDS.contains(&word.as_str())) {
        return Some(word.clone());
    }
    // `WEBPASSWORD`: written as one word.
    if let Some(end) = ["password", "passwd", "apikey"].iter().find(|end| last.ends_with(*end)) {
        return Some((*end).to_owned());
    }
    let at = words.iter().position(|word| word == "key")?;
    let before = at.checked_sub(1).map(|before| words[before].as_str());
    (words.len() == 1 || before.is_some_and(|before| KEYS.contains(&before))).then(|| match before {
        Some(before) => format!("{before} key"),
        None => "key".to_owned(),
    })
}

/// `DB_PASSWORD`, `db-password` and `dbPassword` are the same two words.
fn split(variable: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_lower = false;
    for letter in variable.chars() {
        let new = matches!(letter, '_' | '-' | '.' | ' ') || (letter.is_uppercase() && before_lower);
        if new {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        before_lower = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn by_value(value: &str) -> Option<Said> {
    if value.contains("-----BEGIN") && value.contains("PRIVATE KEY") {
        return Some(said!("its value is a private key", "sa valeur est une clé privée"));
    }
    let long = value.len() >= 16 && !value.contains(char::is_whitespace);
    if let Some((_, issuer)) = ISSUED.iter().find(|(start, _)| long && value.starts_with(start)) {
        return Some(said!(
            "its value has the form of a token of {issuer}",
            "sa valeur a la forme d’un jeton de {issuer}"
        ));
    }
    if long && value.starts_with("eyJ") && value.matches('.').count() == 2 {
        return Some(said!(
            "its value has the form of a signed token (JWT)",
            "sa valeur a la forme d’un jeton signé (JWT)"
        ));
    }
    if let Some((_, rest)) = value.split_once("://") {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let password =
            authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')).map(|(_, password)| password);
        if password.is_some_and(|password| !password.is_empty() && !is_reference(password)) {
            return Some(said!(
                "its value is a URL with a password in it",
                "sa valeur est une URL qui contient un mot de passe"
            ));
        }
    }
    let assigned = value.split([';', ' ', '&', '?']).filter_map(|part| part.split_once('='));
    for (key, secret) in assigned {
        let key = key.trim().to_lowercase();
        if matches!(key.as_str(), "password" | "pwd" | "accountkey" | "sharedaccesskey")
            && !secret.trim().is_empty()
            && !is_reference(secret.trim())
        {
            return Some(said!(
                "its value is a connection string with a password",
                "sa valeur est une chaîne de connexion avec mot de passe"
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::looks_like_one;

    #[test]
    fn credentials_are_told_from_what_speaks_about_them() {
        let one = |name: &str, value: &str| looks_like_one(name, value).is_some();
        assert!(
            one("DB_PASSWORD", "hunter2")
                && one("dbPassword", "1234")
                && one("API_KEY", "abc")
                && one("GITHUB_TOKEN", "x")
        );
        assert!(one("DATABASE_URL", "postgres://app:hunter2@db/app") && one("DSN", "Host=db;Password=hunter2"));
        assert!(one("WEBPASSWORD", "hunter2") && !one("WEBPASSWORD", "${PIHOLE_PW}"));
        assert!(one("ANYTHING", "ghp_0123456789abcdef0123") && one("CERT", "-----BEGIN RSA PRIVATE KEY-----"));
        assert!(
            !one("DATABASE_URL", "postgres://app:$(DB_PASSWORD)@db/app") && !one("DATABASE_URL", "postgres://db/app")
        );
        assert!(!one("PASSWORD_FILE", "/run/secrets/p") && !one("TOKEN_TTL", "3600") && !one("MAX_TOKEN", "4096"));
        assert!(
            !one("JWT_PUBLIC_KEY", "abc")
                && !one("KEYBOARD", "azerty")
                && !one("PRIMARY_KEY", "id")
                && !one("DB_PASSWORD", "${DB_PASSWORD}")
        );
        assert!(!one("LOG_LEVEL", "info") && !one("SECRET_NAME", "db") && !one("AUTH_TOKEN_ENABLED", "true"));
    }
}

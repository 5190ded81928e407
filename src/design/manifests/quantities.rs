//! Kubernetes' quantities as numbers, and in the words of a design.

/// A quantity (`250m`, `1.5Gi`, `1e3`) in its base unit: cores, or bytes.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))).unwrap_or(text.len());
    let (digits, suffix) = text.split_at(split);
    let value: f64 = digits.parse().ok()?;
    let factor = match suffix {
        "" => 1.0,
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => 1024.0,
        "Mi" => 1024.0 * 1024.0,
        "Gi" => 1024.0 * 1024.0 * 1024.0,
        "Ti" => 1024.0_f64.powi(4),
        "Pi" => 1024.0_f64.powi(5),
        "Ei" => 1024.0_f64.powi(6),
        other => {
            let exponent = other.strip_prefix(['e', 'E'])?;
            10.0_f64.powi(exponent.parse().ok().filter(|exponent: &i32| exponent.abs() < 30)?)
        }
    };
    Some(value * factor).filter(|value| value.is_finite() && *value >= 0.0)
}

/// Cores as a design writes them: `250m`.
pub fn cores(value: f64) -> String {
    let milli = (value * 1000.0).round();
    if milli >= 1000.0 && milli % 1000.0 == 0.0 {
        format!("{}", milli / 1000.0)
    } else {
        format!("{}m", milli.max(1.0))
    }
}

/// Bytes as a design writes them: `512 MiB`.
pub fn bytes(value: f64) -> String {
    const UNITS: [(&str, f64); 4] =
        [("TiB", 1_099_511_627_776.0), ("GiB", 1_073_741_824.0), ("MiB", 1_048_576.0), ("KiB", 1024.0)];
    let whole = UNITS.iter().find(|(_, unit)| value >= *unit && (value / unit).fract() == 0.0);
    match whole {
        Some((name, unit)) => format!("{} {name}", value / unit),
        None if value >= 1_048_576.0 => format!("{:.0} MiB", (value / 1_048_576.0).max(1.0)),
        None => format!("{:.0} KiB", (value / 1024.0).ceil().max(1.0)),
    }
}

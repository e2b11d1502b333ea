//! Paths that are typed: what is meant by them, and what goes on as they do.

use crate::text::is_forbidden;
use std::path::PathBuf;

/// The path that is meant: without the quotes that a terminal puts around a dropped file, `~` expanded.
pub fn path_of(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let bare = ['\'', '"'].iter().find_map(|quote| typed.strip_prefix(*quote)?.strip_suffix(*quote));
    let typed = bare.unwrap_or(typed);
    match (typed.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => PathBuf::from(typed),
    }
}

/// What Tab makes of a path.
#[derive(Debug, Default)]
pub struct Completed {
    /// The path as far as it is sure; `None`: nothing goes on as it does.
    pub text: Option<String>,
    /// The names that it could be, where there are several: folders first, with a slash. Hidden ones only
    /// where the name begins with a dot.
    pub offers: Vec<String>,
}

/// Completes a path.
pub fn complete(text: &str) -> Completed {
    if text == "~" {
        return Completed { text: Some("~/".to_owned()), offers: Vec::new() };
    }
    let (folder, names) = completions(text);
    let text = (!names.is_empty()).then(|| format!("{folder}{}", common(&names)));
    Completed { text, offers: if names.len() > 1 { names } else { Vec::new() } }
}

/// The names that go on as the text does, and the part of the text that is kept.
fn completions(text: &str) -> (&str, Vec<String>) {
    let (folder, start) =
        text.rsplit_once('/').map_or(("", text), |(folder, name)| (&text[..=folder.len()], name));
    let at = if folder.is_empty() { PathBuf::from(".") } else { path_of(folder) };
    let mut names: Vec<String> = std::fs::read_dir(&at)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !start.starts_with('.');
            let fits = name.starts_with(start) && !hidden && !name.chars().any(is_forbidden);
            fits.then(|| if at.join(&name).is_dir() { format!("{name}/") } else { name })
        })
        .collect();
    names.sort_unstable_by(|a, b| (!a.ends_with('/'), a).cmp(&(!b.ends_with('/'), b)));
    (folder, names)
}

/// What all of these begin with.
fn common(names: &[String]) -> &str {
    let Some((first, rest)) = names.split_first() else { return "" };
    let mut end = first.len();
    for name in rest {
        let same = first.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
        end = end.min(same);
    }
    while !first.is_char_boundary(end) {
        end -= 1;
    }
    &first[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_hidden_names_only_for_a_dot() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.json", "ab.txt", ".aws"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("az")).unwrap();
        let start = format!("{}/", folder.path().display());
        let all = complete(&start);
        assert_eq!(all.offers, ["az/", "a.json", "ab.txt"]);
        assert_eq!(all.text, Some(format!("{start}a")));
        assert_eq!(complete(&format!("{start}.")).text, Some(format!("{start}.aws")));
        let one = complete(&format!("{start}az"));
        assert_eq!((one.text, one.offers.len()), (Some(format!("{start}az/")), 0));
        assert_eq!(complete(&format!("{start}x")).text, None);
        assert_eq!(complete("~").text.as_deref(), Some("~/"));
    }
}

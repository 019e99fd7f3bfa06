//! Paths and the addresses that editors send.
//!
//! Everything that depends on the kind of machine takes it as an argument, so that
//! Windows paths are tested on any machine.

use std::io;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::fs::FileSystem;

/// How a machine writes its paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Unix,
    Windows,
}

impl Style {
    /// This machine's.
    pub const HERE: Style = if cfg!(windows) { Style::Windows } else { Style::Unix };
}

/// The path that a `file:` address names, or `None` where it names none.
///
/// Editors differ in what they escape (`c%3A`, `C:`, `%C3%A5`, `å`) and in the
/// letter's case, so the result is brought into one form.
pub fn from_uri(uri: &str, style: Style) -> Option<String> {
    let scheme = uri.get(..5)?;
    if !scheme.eq_ignore_ascii_case("file:") {
        return None;
    }
    let rest = uri.get(5..)?.split(['?', '#']).next()?;
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/')?),
        None => ("", rest),
    };
    let host = if host.eq_ignore_ascii_case("localhost") { "" } else { host };
    let path = unescape(path)?;
    if path.contains('\0') || !path.starts_with('/') {
        return None;
    }
    match style {
        Style::Unix if host.is_empty() => Some(path),
        // Another machine's files, for which there is no path here.
        Style::Unix => None,
        Style::Windows if host.is_empty() => {
            let path = path.strip_prefix('/')?;
            let (drive, rest) = path.split_at_checked(2)?;
            let is_drive = drive.starts_with(|c: char| c.is_ascii_alphabetic());
            if !is_drive || !drive.ends_with(':') {
                return None;
            }
            let rest = if rest.is_empty() { "/" } else { rest };
            Some(format!("{}{}", drive.to_ascii_uppercase(), rest.replace('/', "\\")))
        }
        Style::Windows => Some(format!("\\\\{host}{}", path.replace('/', "\\"))),
    }
}

/// The `file:` address of an absolute path.
pub fn to_uri(path: &str, style: Style) -> String {
    match style {
        Style::Unix => format!("file://{}", escape(path)),
        Style::Windows => {
            let path = path.replace('\\', "/");
            match path.strip_prefix("//") {
                Some(share) => format!("file://{}", escape(share)),
                None => format!("file:///{}", escape(&path)),
            }
        }
    }
}

/// A path without the prefix `\\?\` that Windows puts before a resolved path and
/// that neither people nor editors write.
pub fn without_verbatim_prefix(path: &str) -> String {
    if let Some(share) = path.strip_prefix(r"\\?\UNC\") {
        return format!(r"\\{share}");
    }
    match path.strip_prefix(r"\\?\") {
        Some(plain) if plain.get(1..3) == Some(r":\") => plain.to_owned(),
        _ => path.to_owned(),
    }
}

/// A path under `root` as the model names it: relative, with `/`, without `.` and
/// `..`. `None` for a path that is not under it. Looks at the names only.
pub fn relative(root: &Utf8Path, path: &Utf8Path) -> Option<String> {
    let path = normalize(&root.join(path));
    let relative = path.strip_prefix(root).ok()?;
    let parts: Vec<&str> = relative.components().map(|part| part.as_str()).collect();
    if parts.is_empty() { None } else { Some(parts.join("/")) }
}

/// A path without `.` and `..`, by its names only.
pub fn normalize(path: &Utf8Path) -> Utf8PathBuf {
    let mut result = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                result.pop();
            }
            part => result.push(part),
        }
    }
    result
}

/// Why a path that a source mentions cannot be used.
#[derive(Debug)]
pub enum PathError {
    /// It leads out of the workspace, by `..`, by a link or by being absolute. What is
    /// printed may only depend on what is in the workspace.
    Outside,
    /// It could not be followed.
    Io(io::Error),
}

/// The place in the file system that `path`, written in a source, names, with every
/// `..` and every link followed; an error where that lies outside `root`.
///
/// The rules see a path's names only, because the core does no IO, and report `..`
/// and absolute paths from them. A link that leads out is found here, when the file
/// is about to be read.
pub fn inside(fs: &dyn FileSystem, root: &Utf8Path, path: &str) -> Result<Utf8PathBuf, PathError> {
    let root = fs.canonicalize(root).map_err(PathError::Io)?;
    // A source says the same on every machine: `\` and drive letters are no part of it.
    if path.contains('\\') || path.contains(':') || path.contains('\0') {
        return Err(PathError::Outside);
    }
    let mut at = root.clone();
    for part in Utf8Path::new(path).components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                at.pop();
            }
            Utf8Component::Normal(name) => at = follow(fs, &at.join(name))?,
            Utf8Component::RootDir | Utf8Component::Prefix(_) => return Err(PathError::Outside),
        }
        // Checked at every step: a path that leaves and comes back depends on the
        // name of the folder that the workspace happens to stand in.
        if !at.starts_with(&root) {
            return Err(PathError::Outside);
        }
    }
    Ok(at)
}

fn follow(fs: &dyn FileSystem, path: &Utf8Path) -> Result<Utf8PathBuf, PathError> {
    match fs.canonicalize(path) {
        Ok(path) => Ok(path),
        // Names what is not there (yet); reading it will say so.
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs.kind(path).is_err() => {
            Ok(path.to_owned())
        }
        Err(error) => Err(PathError::Io(error)),
    }
}

fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// A path as part of an address by RFC 3986: what is neither unreserved nor `/` is escaped.
pub fn escape(path: &str) -> String {
    let mut result = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                result.push(char::from(byte));
            }
            byte => result.push_str(&format!("%{byte:02X}")),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryFileSystem;

    #[test]
    fn a_relative_path_as_part_of_an_address() {
        assert_eq!(escape("mål 1/t1.tr"), "m%C3%A5l%201/t1.tr");
    }

    #[test]
    fn addresses_of_unix_paths() {
        for (uri, path) in [
            ("file:///home/me/t1.tr", Some("/home/me/t1.tr")),
            ("file:///home/m%C3%A5l%201.2.tr", Some("/home/mål 1.2.tr")),
            ("file:///home/mål.tr", Some("/home/mål.tr")),
            ("FILE://localhost/a.tr", Some("/a.tr")),
            ("file:/a.tr", Some("/a.tr")),
            ("file:///a.tr?x#y", Some("/a.tr")),
            ("file://server/share/a.tr", None),
            ("file:///a%00.tr", None),
            ("file:///a%C3.tr", None),
            ("file:///a%4", None),
            ("file://", None),
            ("untitled:Untitled-1", None),
            ("git:/a.tr", None),
            ("å", None),
            ("", None),
        ] {
            assert_eq!(from_uri(uri, Style::Unix).as_deref(), path, "{uri}");
        }
    }

    #[test]
    fn addresses_of_windows_paths() {
        for (uri, path) in [
            ("file:///c%3A/Rapporter/m%C3%A5l.tr", Some(r"C:\Rapporter\mål.tr")),
            ("file:///C:/Rapporter/t1.tr", Some(r"C:\Rapporter\t1.tr")),
            ("file:///c:", Some(r"C:\")),
            ("file://server/delad/t1.tr", Some(r"\\server\delad\t1.tr")),
            ("file:///home/me", None),
            ("file:///å", None),
        ] {
            assert_eq!(from_uri(uri, Style::Windows).as_deref(), path, "{uri}");
        }
    }

    #[test]
    fn paths_there_and_back() {
        for (path, style) in [
            ("/home/å a\u{30a} 😀/50 %#?.tr", Style::Unix),
            (r"C:\Rapporter\2025 T1\mål.tr", Style::Windows),
            (r"\\server\delad\t1.tr", Style::Windows),
        ] {
            assert_eq!(from_uri(&to_uri(path, style), style).as_deref(), Some(path));
        }
        assert_eq!(to_uri(r"C:\a b.tr", Style::Windows), "file:///C%3A/a%20b.tr");
    }

    #[test]
    fn verbatim_prefixes() {
        assert_eq!(without_verbatim_prefix(r"\\?\C:\a"), r"C:\a");
        assert_eq!(without_verbatim_prefix(r"\\?\UNC\server\a"), r"\\server\a");
        assert_eq!(without_verbatim_prefix(r"\\?\Volume{1}\a"), r"\\?\Volume{1}\a");
        assert_eq!(without_verbatim_prefix("/a"), "/a");
    }

    #[test]
    fn names_in_the_workspace() {
        let relative = |path: &str| relative("/w".into(), path.into());
        assert_eq!(relative("/w/a/b.tr").as_deref(), Some("a/b.tr"));
        assert_eq!(relative("/w/x/../a.tr").as_deref(), Some("a.tr"));
        assert_eq!(relative("a/./b.tr").as_deref(), Some("a/b.tr"));
        assert_eq!(relative("/w/../a.tr"), None);
        assert_eq!(relative("/wide/a.tr"), None);
        assert_eq!(relative("/w"), None);
    }

    #[test]
    fn paths_that_leave_the_workspace() {
        let fs = MemoryFileSystem::new();
        fs.write("/w/bilder/karta.png", "");
        fs.write("/hemligt/lista.png", "");
        fs.link("/w/ut", "/hemligt");
        fs.link("/w/hit", "bilder");
        fs.link("/w/runt", "runt");
        let at = |path| inside(&fs, "/w".into(), path);
        assert_eq!(at("bilder/karta.png").unwrap(), "/w/bilder/karta.png");
        assert_eq!(at("bilder/../bilder/karta.png").unwrap(), "/w/bilder/karta.png");
        assert_eq!(at("hit/karta.png").unwrap(), "/w/bilder/karta.png");
        assert_eq!(at("saknas/karta.png").unwrap(), "/w/saknas/karta.png");
        for outside in [
            "../hemligt/lista.png",
            "../w/bilder/karta.png",
            "/hemligt/lista.png",
            "ut/lista.png",
            "hit/../../hemligt/lista.png",
            r"C:\lista.png",
            r"..\hemligt\lista.png",
        ] {
            assert!(matches!(at(outside), Err(PathError::Outside)), "{outside}");
        }
        assert!(matches!(at("runt/karta.png"), Err(PathError::Io(_))));
    }
}

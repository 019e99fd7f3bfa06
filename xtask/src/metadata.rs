//! What `cargo metadata` says, as far as the checks need it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::Failure;
use crate::run;

#[derive(Deserialize)]
pub struct Metadata {
    pub packages: Vec<Package>,
    pub workspace_members: Vec<String>,
    pub resolve: Resolve,
    pub target_directory: PathBuf,
}

#[derive(Deserialize)]
pub struct Package {
    pub id: String,
    pub name: String,
    pub version: String,
    pub license: Option<String>,
    pub repository: Option<String>,
    pub manifest_path: PathBuf,
    pub dependencies: Vec<Dependency>,
    #[serde(default)]
    pub metadata: Option<PackageMetadata>,
}

#[derive(Deserialize)]
pub struct Dependency {
    pub name: String,
    pub rename: Option<String>,
    pub kind: Option<String>,
}

/// `[package.metadata.xtask]` of our own crates.
#[derive(Deserialize, Default)]
pub struct PackageMetadata {
    #[serde(default)]
    pub xtask: Option<Settings>,
}

#[derive(Deserialize, Default)]
pub struct Settings {
    /// Dependencies that no source file names, each with the reason to have it.
    #[serde(default)]
    pub unnamed: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub struct Resolve {
    pub nodes: Vec<Node>,
}

#[derive(Deserialize)]
pub struct Node {
    pub id: String,
    pub deps: Vec<Edge>,
}

#[derive(Deserialize)]
pub struct Edge {
    pub pkg: String,
    pub dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
pub struct Kind {
    pub kind: Option<String>,
}

impl Metadata {
    pub fn read() -> Result<Metadata, Failure> {
        let text = run::output(run::cargo().args(["metadata", "--format-version", "1"]))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The crates of this repository, in the order of their names.
    pub fn members(&self) -> Vec<&Package> {
        let mut members: Vec<&Package> = self
            .packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
            .collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members
    }
}

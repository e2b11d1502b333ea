//! The canonical file form: two-space indentation, one key or list item a line, each range on one line,
//! defaults left out.

use super::{Allowlist, Category, Exempt, Group, PolicySettings, Range, Target};
use crate::text::Setting;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::ser::{Formatter, PrettyFormatter};
use std::io::{self, Write};

impl Allowlist {
    /// The canonical file form, with a line feed at the end. Reading it gives an equal allowlist.
    pub fn to_json(&self) -> String {
        let mut text = canonical(self, 0);
        text.push('\n');
        text
    }

    /// Whether [`Self::to_json`] is these bytes. Nothing is kept of it on the way.
    pub fn is_written_as(&self, bytes: &[u8]) -> bool {
        let mut rest = Rest(bytes);
        write_canonical(self, 0, &mut rest).is_ok() && rest.0 == b"\n"
    }
}

impl Range {
    /// As it stands in the file.
    pub fn to_json(&self) -> String {
        canonical(self, RANGE_DEPTH - 1)
    }

    /// Several as the list that stands in the file.
    pub fn list_to_json(ranges: &[&Self]) -> String {
        canonical(&ranges, RANGE_DEPTH - 2)
    }
}

impl Group {
    /// As it stands in the file, but for the indentation of the whole.
    pub fn to_json(&self) -> String {
        canonical(self, RANGE_DEPTH - 3)
    }
}

impl Category {
    /// As it stands in the file, but for the indentation of the whole.
    pub fn to_json(&self) -> String {
        canonical(self, RANGE_DEPTH - 5)
    }
}

/// The canonical form of what stands at a depth of the file.
fn canonical(value: &impl Serialize, depth: usize) -> String {
    let mut bytes = Vec::new();
    // Strings and numbers written to memory: neither can fail, and all of it is UTF-8.
    let _ = write_canonical(value, depth, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

fn write_canonical(value: &impl Serialize, depth: usize, to: impl Write) -> serde_json::Result<()> {
    let formatter = Canonical { depth, ..Canonical::default() };
    value.serialize(&mut serde_json::Serializer::with_formatter(to, formatter))
}

/// Bytes that are expected to be written; others are refused.
struct Rest<'a>(&'a [u8]);

impl Write for Rest<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.strip_prefix(bytes).ok_or(io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Serialize for Allowlist {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_map(None)?;
        if let Some(schema) = &self.schema {
            file.serialize_entry("$schema", schema)?;
        }
        file.serialize_entry("version", &1)?;
        if self.policy != PolicySettings::default() {
            file.serialize_entry("policy", &self.policy)?;
        }
        file.serialize_entry("categories", &self.categories)?;
        file.end()
    }
}

impl Serialize for PolicySettings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let default = Self::default();
        let mut keys = serializer.serialize_map(None)?;
        if self.name != default.name {
            keys.serialize_entry("name", &self.name)?;
        }
        if let Some(sid) = &self.sid {
            keys.serialize_entry("sid", sid)?;
        }
        if self.target != Target::ManagedPolicy {
            keys.serialize_entry("target", &self.target)?;
        }
        if let Some(patterns) = &self.applies_to {
            keys.serialize_entry("applies_to", patterns)?;
        }
        if let Some(resources) = &self.resources {
            keys.serialize_entry("resources", resources)?;
        }
        list(&mut keys, "services", &self.services)?;
        if self.attach_to != default.attach_to {
            keys.serialize_entry("attach_to", &self.attach_to)?;
        }
        if self.exempt != default.exempt {
            keys.serialize_entry("exempt", &self.exempt)?;
        }
        if let Some(documents) = self.max_documents {
            keys.serialize_entry("max_documents", &documents)?;
        }
        if self.max_extra_addresses != 0 {
            keys.serialize_entry("max_extra_addresses", &self.max_extra_addresses)?;
        }
        keys.end()
    }
}

impl Serialize for super::AttachTo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_map(None)?;
        if let Some(group) = &self.group {
            keys.serialize_entry("group", group)?;
        }
        list(&mut keys, "users", &self.users)?;
        keys.end()
    }
}

impl Serialize for Exempt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_map(None)?;
        if self.mfa {
            keys.serialize_entry("mfa", &true)?;
        }
        if !self.aws_services {
            keys.serialize_entry("aws_services", &false)?;
        }
        list(&mut keys, "vpcs", &self.vpcs)?;
        list(&mut keys, "vpc_endpoints", &self.vpc_endpoints)?;
        list(&mut keys, "principals", &self.principals)?;
        list(&mut keys, "actions", &self.actions)?;
        keys.end()
    }
}

fn list<M: SerializeMap>(keys: &mut M, key: &'static str, values: &[Setting]) -> Result<(), M::Error> {
    if values.is_empty() { Ok(()) } else { keys.serialize_entry(key, values) }
}

/// How deep a range's object stands: file, categories, category, groups, group, ranges, range. The
/// policy's settings are never that deep.
const RANGE_DEPTH: usize = 7;

/// serde_json's pretty form, but for what stands in a range: that goes on one line.
#[derive(Default)]
struct Canonical {
    pretty: PrettyFormatter<'static>,
    depth: usize,
}

impl Canonical {
    fn in_range(&self) -> bool {
        self.depth >= RANGE_DEPTH
    }
}

impl Formatter for Canonical {
    fn begin_array<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.pretty.begin_array(w)
    }

    fn end_array<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.depth -= 1;
        self.pretty.end_array(w)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.pretty.begin_array_value(w, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.pretty.end_array_value(w)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.in_range() { w.write_all(b"{") } else { self.pretty.begin_object(w) }
    }

    fn end_object<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        let in_range = self.in_range();
        self.depth -= 1;
        if in_range { w.write_all(b"}") } else { self.pretty.end_object(w) }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        match (self.in_range(), first) {
            (true, true) => Ok(()),
            (true, false) => w.write_all(b", "),
            (false, _) => self.pretty.begin_object_key(w, first),
        }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        w.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        if self.in_range() { Ok(()) } else { self.pretty.end_object_value(w) }
    }
}

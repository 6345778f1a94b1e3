//! The formats of strings, asserted as the `jsonschema` crate (0.61, without its `idna` feature)
//! decides them by draft 2020-12; a differential test holds the two together.
//!
//! They mean the same in OpenAPI 3.0 and 3.1. 3.0 leaves its list of formats open and names `uuid`
//! as one that may be used; who writes it means it.

mod date_time;
mod duration;
mod email;
mod hostname;
mod idna_table;
mod json_pointer;
mod punycode;
mod uri;
mod uri_template;
mod uuid;

use core::net::{Ipv4Addr, Ipv6Addr};

/// A format that is asserted of strings; every other name in `format` says nothing about their
/// validity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `date`: RFC 3339 `full-date`.
    Date,
    /// `date-time`: RFC 3339, the offset included.
    DateTime,
    /// `duration`: RFC 3339, appendix A.
    Duration,
    /// `email`: RFC 5321, ASCII; no display name.
    Email,
    /// `hostname`: RFC 1123 with its `xn--` labels checked.
    Hostname,
    /// `ipv4`: four decimal numbers without leading zeros.
    Ipv4,
    /// `ipv6`: RFC 4291 without a zone.
    Ipv6,
    /// `iri`: RFC 3987 with a scheme.
    Iri,
    /// `iri-reference`: RFC 3987.
    IriReference,
    /// `json-pointer`: RFC 6901.
    JsonPointer,
    /// `regex`: an ECMA-262 pattern.
    Regex,
    /// `relative-json-pointer`.
    RelativeJsonPointer,
    /// `time`: RFC 3339 `full-time`.
    Time,
    /// `uri`: RFC 3986 with a scheme.
    Uri,
    /// `uri-reference`: RFC 3986.
    UriReference,
    /// `uri-template`: RFC 6570.
    UriTemplate,
    /// `uuid`: RFC 4122, with hyphens.
    Uuid,
}

impl Format {
    /// All of them, in the order of the enum.
    pub const ALL: [Self; 17] = [
        Self::Date,
        Self::DateTime,
        Self::Duration,
        Self::Email,
        Self::Hostname,
        Self::Ipv4,
        Self::Ipv6,
        Self::Iri,
        Self::IriReference,
        Self::JsonPointer,
        Self::Regex,
        Self::RelativeJsonPointer,
        Self::Time,
        Self::Uri,
        Self::UriReference,
        Self::UriTemplate,
        Self::Uuid,
    ];

    /// The format of that name, if it is asserted.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The name as schemas spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Duration => "duration",
            Self::Email => "email",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Iri => "iri",
            Self::IriReference => "iri-reference",
            Self::JsonPointer => "json-pointer",
            Self::Regex => "regex",
            Self::RelativeJsonPointer => "relative-json-pointer",
            Self::Time => "time",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::UriTemplate => "uri-template",
            Self::Uuid => "uuid",
        }
    }

    /// Whether `text` has the format.
    ///
    /// ```
    /// use specsmith_predicates::format::Format;
    ///
    /// assert!(Format::DateTime.check("2022-07-08T11:15:53.237517000Z"));
    /// assert!(!Format::DateTime.check("2022-07-08 11:15:53"));
    /// ```
    pub fn check(self, text: &str) -> bool {
        match self {
            Self::Date => date_time::is_date(text.as_bytes()),
            Self::DateTime => date_time::is_date_time(text.as_bytes()),
            Self::Duration => duration::is_duration(text.as_bytes()),
            Self::Email => email::is_email(text),
            Self::Hostname => hostname::is_hostname(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Iri => uri::is_iri(text),
            Self::IriReference => uri::is_iri_reference(text),
            Self::JsonPointer => json_pointer::is_json_pointer(text.as_bytes()),
            Self::Regex => crate::pattern::syntax::is_strict(text),
            Self::RelativeJsonPointer => json_pointer::is_relative_json_pointer(text.as_bytes()),
            Self::Time => date_time::is_time(text.as_bytes()),
            Self::Uri => uri::is_uri(text),
            Self::UriReference => uri::is_uri_reference(text),
            Self::UriTemplate => uri_template::is_uri_template(text.as_bytes()),
            Self::Uuid => uuid::is_uuid(text.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_schemas() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
        }
        assert_eq!(Format::named("idn-email"), None);
        assert_eq!(Format::named("UUID"), None);
    }
}

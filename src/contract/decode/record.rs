//! How a part of the contract is declared: once, for its type, its decoding, its writing and its schema.

#[cfg(not(target_arch = "wasm32"))]
use super::Decode;
#[cfg(not(target_arch = "wasm32"))]
use serde_json::Value;

/// Whether an optional field holds just what its absence means; such fields are not written.
#[cfg(not(target_arch = "wasm32"))]
pub fn is_absent<T: Decode + PartialEq>(value: &T) -> bool {
    T::absent().as_ref() == Some(value)
}

/// Lets the schema of a record with a short form accept that too: the value of `text` in place of the object.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn or_text(schema: &mut schemars::Schema) {
    let mut text = schema.get("properties").and_then(|fields| fields.get("text")).cloned().unwrap_or(Value::Bool(true));
    if let Some(text) = text.as_object_mut() {
        text.remove("description");
    }
    let description = schema.remove("description");
    let record = std::mem::take(schema.ensure_object());
    schema.insert("anyOf".to_owned(), Value::Array(vec![text, Value::Object(record)]));
    if let Some(description) = description {
        schema.insert("description".to_owned(), description);
    }
}

/// Declares one part of the contract: its type, how it is read and, on the host, how it is written and described.
///
/// Fields before `optional` must be there; those after it have a value for their absence. Every field is read even
/// when one before it is wrong, so that all problems are reported in one run. `Name or from_text { … }` also accepts
/// a short form in place of the object and hands it to that constructor; `Name at most 9 { … }` says how many a list has,
/// and `Name at most 9, dispensable: true` that a list is shown without those that are faulty.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident $(or $short:ident)? $(at most $most:literal $(, dispensable: $dispensable:literal)?)? {
            $($(#[$required_meta:meta])* $required:ident: $required_type:ty,)*
        }
        $(optional {
            $($(#[$optional_meta:meta])* $optional:ident: $optional_type:ty,)*
        })?
    ) => {
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, schemars::JsonSchema))]
        $(#[$meta])*
        pub struct $name {
            $($(#[$required_meta])* pub $required: $required_type,)*
            $($(
                $(#[$optional_meta])*
                #[cfg_attr(
                    not(target_arch = "wasm32"),
                    serde(skip_serializing_if = "crate::contract::decode::is_absent")
                )]
                pub $optional: $optional_type,
            )*)?
        }

        impl $name {
            pub(crate) fn from_fields(
                fields: $crate::contract::decode::Fields<'_>,
                problems: &mut $crate::contract::decode::Problems,
            ) -> Option<Self> {
                $(let $required = fields.require(stringify!($required), problems);)*
                $($(let $optional = fields.optional(stringify!($optional), problems);)*)?
                // One way out for what is wrong, rather than one for each field: less code in the browser.
                match ($($required,)* $($($optional,)*)?) {
                    ($(Some($required),)* $($(Some($optional),)*)?) => {
                        Some(Self { $($required,)* $($($optional,)*)? })
                    }
                    _ => None,
                }
            }
        }

        impl $crate::contract::decode::Decode for $name {
            $(const MOST: usize = $most;
            $(const IS_DISPENSABLE: bool = $dispensable;)?)?

            fn decode(
                node: $crate::contract::decode::Node<'_>,
                problems: &mut $crate::contract::decode::Problems,
            ) -> Option<Self> {
                $(if !node.is_object() {
                    return $crate::contract::decode::Decode::decode(node, problems).map(Self::$short);
                })?
                $name::from_fields(node.fields(problems)?, problems)
            }
        }
    };
}
pub(crate) use record;

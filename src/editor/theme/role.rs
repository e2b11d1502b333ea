//! The roles: what a style is for.

use super::read::Look;
use crate::json::Object;
use serde::Deserialize;

macro_rules! roles {
    ($($role:ident $name:ident $words:literal;)*) => {
        /// What a style is for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role {
            $(#[doc = $words] $role,)*
        }

        impl Role {
            /// All of them, in the order of a theme's file.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$role),*];

            /// Its name in a theme's file.
            #[cfg(test)]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$role => stringify!($name),)*
                }
            }
        }

        /// A theme as a file says it.
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Form {
            $(#[serde(default, deserialize_with = "crate::json::present")]
            $name: Option<Object<Look>>,)*
        }

        impl Form {
            /// The looks in the order of the roles.
            pub(super) fn looks(self) -> [Option<Look>; Role::ALL.len()] {
                [$(self.$name.map(|look| look.0)),*]
            }
        }
    };
}

roles! {
    Text text "All of the screen, below everything else.";
    Dialog dialog "The inside of a dialog, below what stands in it.";
    Dim dim "What stands in the background.";
    Heading heading "A heading.";
    Accent accent "What has the focus.";
    Key key "A key in the hints and lists of keys.";
    Typed typed "The text that is being typed.";
    Selected selected "The selected row of the pane that has the focus.";
    SelectedAside selected_aside "The selected row of another pane.";
    Border border "The frame of a pane.";
    BorderFocused border_focused "The frame of the pane that has the focus.";
    DialogBorder dialog_border "The frame of a dialog.";
    Gauge gauge "The part of the quota that is used.";
    Error error "A sentence on something that is wrong.";
    ErrorMark error_mark "The mark of an error.";
    Warning warning "A sentence on something that is probably not meant.";
    WarningMark warning_mark "The mark of a warning.";
    InfoMark info_mark "The mark of a remark.";
    Good good "A sentence on something that is right.";
    Added added "A line that is new.";
    AddedMark added_mark "The sign in front of it.";
    Removed removed "A line that goes.";
    RemovedMark removed_mark "The sign in front of it.";
    JsonKey json_key "A key of a JSON object.";
    JsonString json_string "A string in JSON.";
}

//! What a form offers for a CIDR that is none: the network or the host where host bits are set, and what else
//! it can have meant.

use super::super::add::dress::undress;
use super::Open;
use crate::cidr::{Cidr, CidrError};
use crate::editor::keymap::{Action, Context};
use crate::editor::state::Editor;
use crate::text::quoted;

const KEYS: [Action; 2] = [Action::TakeOffer, Action::TakeOtherOffer];

impl Open {
    /// What is offered for the field with the focus, in words and as a text; a field has room for one CIDR.
    pub(super) fn mends(&self) -> Vec<(String, String)> {
        if self.form.fields[self.focus].name != "cidr" {
            return Vec::new();
        }
        let text = self.inputs[self.focus].line().trim();
        let Err(error) = text.parse::<Cidr>() else { return Vec::new() };
        let all = match undress(text) {
            Some((_, Ok(cidr))) => vec![(format!("the address alone {cidr}"), cidr.to_string())],
            Some((_, Err(inner))) => offers(&inner),
            None => offers(&error),
        };
        all.into_iter().filter(|(_, cidr)| !cidr.contains(',')).collect()
    }

    /// Takes what is offered by a key.
    pub(super) fn take_mend(&mut self, action: Action) {
        let nth = KEYS.iter().position(|key| *key == action);
        if let Some((_, cidr)) = nth.and_then(|nth| self.mends().into_iter().nth(nth)) {
            self.inputs[self.focus].set(&cidr);
        }
    }

    /// `Ctrl-T the network 203.0.114.0/24 · Ctrl-Y the host 203.0.114.7/32`.
    pub(super) fn mends_line(&self, editor: &Editor) -> Option<String> {
        let offered = KEYS.into_iter().zip(self.mends()).filter_map(|(action, (words, _))| {
            let key = editor.keymap.keys(Context::Dialog, action).first()?;
            Some(format!("{key} {words}"))
        });
        let offered: Vec<String> = offered.collect();
        (!offered.is_empty()).then(|| offered.join(" · "))
    }
}

/// What a text that is no CIDR may have meant: in words, and as a text.
fn offers(error: &CidrError) -> Vec<(String, String)> {
    let cidrs = |mend: &crate::cidr::Mend| mend.cidrs.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mends = error.mends().into_iter().map(|mend| {
        let text = cidrs(&mend).join(", ");
        (format!("{} {}", mend.what, quoted(&text, 60)), text)
    });
    mends.collect()
}

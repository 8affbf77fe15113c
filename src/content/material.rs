//! Reading what a module has beside lessons and questions: interview prompts, the error clinic, X-rays, labs.

use super::lab::{self, Files};
use super::links::Sort;
use super::load::Reader;
use super::report::FileId;
use super::yaml;
use super::{clinic, prompt, unknown, xray};
use crate::course::lab::Lab;
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::shape::Described;
use serde::de::DeserializeOwned;

/// A lab of which some files have been read.
#[derive(Default)]
pub(super) struct Unfinished {
    /// Its `lab.yaml`, once it was read.
    head: Option<FileId>,
    /// What that says, if it is good.
    lab: Option<Lab>,
    files: Files,
}

impl Reader<'_> {
    /// A file of interview prompts.
    pub(super) fn prompts(&mut self, module: &str, path: &str, bytes: &[u8]) {
        let read = Entries { of: "interview prompts", sort: Sort::Prompt };
        let (file, checked) = self.entries(module, path, bytes, &read, prompt::check);
        for (at, prompt::Checked { prompt, shown_by }) in checked {
            for (below, name) in shown_by {
                self.links.shown_by(file, &format!("{at}.{below}"), &name);
            }
            self.modules.entry(module.to_owned()).or_default().material.prompts.extend(prompt);
        }
    }

    /// A file of entries of the error clinic.
    pub(super) fn clinic(&mut self, module: &str, path: &str, bytes: &[u8]) {
        let read = Entries { of: "entries of the clinic", sort: Sort::Ailment };
        let (_, checked) = self.entries(module, path, bytes, &read, clinic::check);
        let draft = self.modules.entry(module.to_owned()).or_default();
        draft.clinic.extend(checked.into_iter().map(|(_, ailment)| ailment));
    }

    /// A file with a request to look through.
    pub(super) fn xray(&mut self, module: &str, path: &str, bytes: &[u8]) {
        let (_, xray) = self.whole(module, path, bytes, Sort::Xray, xray::check);
        self.modules.entry(module.to_owned()).or_default().material.xrays.extend(xray);
    }

    /// A file of a lab.
    pub(super) fn lab_file(&mut self, module: &str, name: &str, below: &str, path: &str, bytes: &[u8]) {
        let key = (module.to_owned(), name.to_owned());
        if below == lab::HEAD {
            let (file, lab) = self.whole(module, path, bytes, Sort::Lab, lab::check);
            let unfinished = self.labs.entry(key).or_default();
            (unfinished.head, unfinished.lab) = (Some(file), lab);
        } else {
            self.labs.entry(key).or_default().files.take(below, path, bytes, &mut self.report);
        }
    }

    /// Puts the labs together once all their files have been read.
    pub(super) fn finish_labs(&mut self) {
        for ((module, name), unfinished) in std::mem::take(&mut self.labs) {
            let at = format!("{module}/labs/{name}");
            let Some(file) = unfinished.head else {
                let path = format!("{at}/{}", lab::HEAD);
                let mend = "write its id, topic, title, minutes, brief, hints and files";
                self.report.whole(&path, FaultCode::MissingFile, "a lab needs this file", mend);
                continue;
            };
            let Some(mut lab) = unfinished.lab else { continue };
            unfinished.files.finish(&at, &mut lab, &mut self.report);
            let mut faults = Faults::default();
            for (place, name) in lab::missing_files(&lab) {
                let what = format!("neither start nor solution has a file `{name}`");
                faults.add(FaultCode::MissingFile, &format!("files[{place}]"), what, "name a file below start");
            }
            self.close(file, faults);
            self.modules.entry(module).or_default().material.labs.push(lab);
        }
    }

    /// The good entries of a file that is a list, each with its path.
    fn entries<F: DeserializeOwned + Described, T>(
        &mut self,
        module: &str,
        path: &str,
        bytes: &[u8],
        read: &Entries,
        check: fn(F, &mut Faults) -> Option<T>,
    ) -> (FileId, Vec<(String, T)>) {
        self.modules.entry(module.to_owned()).or_default();
        let (file, value) = self.yaml(path, bytes);
        let entries = value.and_then(|value| self.list(file, value, read.of)).unwrap_or_default();
        let mut faults = Faults::default();
        let mut good = Vec::with_capacity(entries.len());
        for (index, value) in entries.into_iter().enumerate() {
            let path = format!("[{index}]");
            self.named(file, &path, &value, module, read.sort);
            let checked = faults.within(&path, |faults| decoded(value, faults, check));
            good.extend(checked.map(|checked| (path, checked)));
        }
        self.close(file, faults);
        (file, good)
    }

    /// What a file holds that is one map, if it is good.
    fn whole<F: DeserializeOwned + Described, T>(
        &mut self,
        module: &str,
        path: &str,
        bytes: &[u8],
        sort: Sort,
        check: fn(F, &mut Faults) -> Option<T>,
    ) -> (FileId, Option<T>) {
        self.modules.entry(module.to_owned()).or_default();
        let (file, value) = self.yaml(path, bytes);
        let Some(value) = value else { return (file, None) };
        self.named(file, "", &value, module, sort);
        let mut faults = Faults::default();
        let checked = decoded(value, &mut faults, check);
        self.close(file, faults);
        (file, checked)
    }
}

/// What a file holds that is a list.
struct Entries {
    /// The word for its entries.
    of: &'static str,
    /// What they are.
    sort: Sort,
}

fn decoded<F: DeserializeOwned + Described, T>(
    value: yaml::Value,
    faults: &mut Faults,
    check: fn(F, &mut Faults) -> Option<T>,
) -> Option<T> {
    unknown::check(&value, &[F::TABLE], faults);
    let fields: Field<F> = yaml::decode(value);
    fields.maybe("", faults).and_then(|fields| check(fields, faults))
}

//! The course that comes with the program, packed by build.rs. Nothing else decodes it.

use crate::course::clinic::Ailment;
use crate::course::index::Index;
use crate::course::outline::{Inside, QuestionOutline, Word};
use crate::course::{Course, Material, Module, Parts};
use serde::de::DeserializeOwned;

include!(concat!(env!("OUT_DIR"), "/packed.rs"));

/// The course. Its outline is decoded now, the lists of its questions when somebody looks for one, each module when somebody
/// enters it.
pub fn course() -> Course {
    Course::new(decoded(OUTLINE), Index::packed(INDEX), Box::new(Packed))
}

struct Packed;

impl Parts for Packed {
    fn module(&self, index: usize) -> Module {
        MODULES.get(index).map(|packed| unpacked(packed)).unwrap_or_default()
    }

    fn material(&self, index: usize) -> Material {
        MATERIALS.get(index).map(|packed| unpacked(packed)).unwrap_or_default()
    }

    fn questions(&self, index: usize) -> Vec<QuestionOutline> {
        QUESTIONS.get(index).map(|bytes| decoded(bytes)).unwrap_or_default()
    }

    fn insides(&self, index: usize) -> Vec<Inside> {
        INSIDES.get(index).map(|bytes| decoded(bytes)).unwrap_or_default()
    }

    fn words(&self) -> Vec<Word> {
        unpacked(WORDS)
    }

    fn clinic(&self) -> Vec<Ailment> {
        unpacked(CLINIC)
    }
}

#[expect(clippy::expect_used, reason = "build.rs of this very program wrote the bytes, and a test decodes all of them")]
fn unpacked<T: DeserializeOwned>(packed: &[u8]) -> T {
    decoded(&miniz_oxide::inflate::decompress_to_vec(packed).expect("bytes that were compressed"))
}

#[expect(clippy::expect_used, reason = "build.rs of this very program wrote the bytes, and a test decodes all of them")]
fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> T {
    postcard::from_bytes(bytes).expect("the value that was packed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::load;
    use std::path::Path;

    #[test]
    fn what_is_packed_is_what_the_folder_holds() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let loaded = load::course(&folder).unwrap();
        let course = course();
        assert_eq!(course.outline, loaded.outline);
        assert_eq!(course.words(), loaded.parts.words);
        assert_eq!(loaded.parts.index(&loaded.outline).rows(), INDEX);
        for (index, module) in loaded.parts.modules.iter().enumerate() {
            assert_eq!(course.module(index), module);
            assert_eq!(course.material(index), &loaded.parts.materials[index]);
            assert_eq!(course.questions(index), loaded.parts.questions[index]);
            assert_eq!(course.insides(index), loaded.parts.insides[index]);
        }
        assert_eq!(course.clinic(), loaded.parts.clinic);
    }
}

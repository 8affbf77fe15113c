//! Checks the course in `content/` and packs it, so that the program reads no YAML when it starts.
//!
//! The rooms that know content are shared with the program by their source. If one of them ever reaches for another
//! room, this script does not compile: that keeps the layers apart.

#![allow(dead_code, unused_imports, reason = "the shared rooms hold more than packing needs")]

#[path = "src/content/mod.rs"]
mod content;
#[path = "src/course/mod.rs"]
mod course;
#[path = "src/fault.rs"]
mod fault;
#[path = "src/field.rs"]
mod field;
#[path = "src/id.rs"]
mod id;
#[path = "src/prose/mod.rs"]
mod prose;
#[path = "src/question/mod.rs"]
mod question;
#[path = "src/shape.rs"]
mod shape;

use content::load;
use content::loaded::Loaded;
use content::report::{Colour, Diagnostic};
use fault::Severity;
use serde::Serialize;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

/// Where the course is, below the package.
const CONTENT: &str = "content";
/// The variable that names another folder: a program with another course in it, for measuring large ones.
const VARIABLE: &str = "FLASKDOJO_CONTENT";
/// The most thorough of miniz's levels: packing takes a moment here and never happens again.
const LEVEL: u8 = 10;

fn main() -> ExitCode {
    // Cargo looks at everything below a folder. A change of the shared rooms rebuilds this script anyway.
    let content = env::var(VARIABLE).unwrap_or_else(|_| CONTENT.to_owned());
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    println!("cargo::rerun-if-changed={content}");
    match load::course(Path::new(&content)) {
        Ok(loaded) => match pack(&loaded) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                println!("cargo::error=the course could not be packed: {error}");
                ExitCode::FAILURE
            }
        },
        Err(found) => {
            found.iter().filter(|diagnostic| diagnostic.severity == Severity::Mistake).for_each(tell);
            ExitCode::FAILURE
        }
    }
}

/// A line for cargo's own list of errors, and the whole picture below it.
fn tell(diagnostic: &Diagnostic) {
    let Diagnostic { file, line, column, what, .. } = diagnostic;
    println!("cargo::error={}:{line}:{column}: {what} [{}]", file.display(), diagnostic.code.name());
    eprintln!("{}\n", diagnostic.render(Colour::Off));
}

/// Writes packed files (two for each module, one for the words, one for the clinic), what is looked into without unpacking as
/// it is (the outline, the lists of questions, the table of their names), and Rust that includes them all.
fn pack(loaded: &Loaded) -> Result<(), Box<dyn Error>> {
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let out = Path::new(&out);
    fs::write(out.join("outline"), postcard::to_allocvec(&loaded.outline)?)?;
    fs::write(out.join("index"), loaded.parts.index(&loaded.outline).rows())?;
    fs::write(out.join("words"), packed(&postcard::to_allocvec(&loaded.parts.words)?))?;
    fs::write(out.join("clinic"), packed(&postcard::to_allocvec(&loaded.parts.clinic)?))?;
    let list = |name: &str, parts: Vec<Vec<u8>>| -> Result<String, Box<dyn Error>> {
        let mut list = String::new();
        for (index, bytes) in parts.iter().enumerate() {
            fs::write(out.join(format!("{name}-{index}")), bytes)?;
            list.push_str(&format!("    {},\n", included(&format!("{name}-{index}"))));
        }
        Ok(list)
    };
    let questions = list("questions", bytes(&loaded.parts.questions)?)?;
    let insides = list("insides", bytes(&loaded.parts.insides)?)?;
    let modules = list("module", bytes(&loaded.parts.modules)?.iter().map(|bytes| packed(bytes)).collect())?;
    let materials = list("material", bytes(&loaded.parts.materials)?.iter().map(|bytes| packed(bytes)).collect())?;
    let single = ["outline", "index", "words", "clinic"]
        .map(|name| format!("const {}: &[u8] = {};\n", name.to_uppercase(), included(name)));
    let rust = format!(
        "{}const QUESTIONS: &[&[u8]] = &[\n{questions}];\nconst INSIDES: &[&[u8]] = &[\n{insides}];\nconst MODULES: &[&[u8]] = &[\n{modules}];\n\
         const MATERIALS: &[&[u8]] = &[\n{materials}];\n",
        single.concat()
    );
    fs::write(out.join("packed.rs"), rust)?;
    Ok(())
}

/// Each part as bytes.
fn bytes<T: Serialize>(parts: &[T]) -> Result<Vec<Vec<u8>>, postcard::Error> {
    parts.iter().map(postcard::to_allocvec).collect()
}

/// Rust that includes a packed file.
fn included(name: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))")
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(bytes, LEVEL)
}

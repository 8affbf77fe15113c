//! The screens, a file each. The list that knows them all is [`super::screen::AnyScreen`].

pub mod glossary;
pub mod help;
pub mod home;
pub mod lesson;
pub mod links;
pub mod map;
pub mod messages;
pub mod mistakes;
pub mod outline;
pub mod palette;
pub mod progress;
pub mod quiz;
pub mod rebind;
pub mod settings;
pub mod summary;
pub mod word;

//! The pages of `infra-lib/core/codes/` as documentation tests: every example of every page compiles and finds what it says.
//!
//! The list of codes is the table in `infra-core`; a code that is added there is tested here without another line.

macro_rules! pages {
    ($($code:ident = $name:literal;)*) => {$(
        #[doc = include_str!(concat!("../core/codes/", $name, ".md"))]
        pub const $code: () = ();
    )*};
}

infra_core::for_each_code!(pages);

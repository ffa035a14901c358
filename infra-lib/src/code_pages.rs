//! The pages of `infra-lib/core/codes/` as documentation tests: every example must compile and produce the documented
//! finding.
//!
//! The list of codes is the table in `infra-core`, so new codes are tested automatically.

macro_rules! pages {
    ($($code:ident = $name:literal;)*) => {$(
        #[doc = include_str!(concat!("../core/codes/", $name, ".md"))]
        pub const $code: () = ();
    )*};
}

infra_core::for_each_code!(pages);

//! GitHub Actions as an OpenID Connect identity, with a role for each duty.

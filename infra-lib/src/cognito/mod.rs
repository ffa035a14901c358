//! Amazon Cognito: directories of users, their applications, and AWS credentials for users.
//!
//! [`UserPool`] is the directory, [`UserPoolClient`] an application that signs users in, [`UserPoolDomain`] the address of
//! the login pages, [`UserPoolIdentityProvider`] another directory such as Google or SAML, [`UserPoolResourceServer`] an API
//! with scopes, and [`UserPoolGroup`] a set of users. [`IdentityPool`] exchanges tokens for AWS credentials.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#cognito).

mod attribute;
mod branding;
mod callback;
mod client;
mod client_metrics;
mod domain;
mod email;
mod federation;
mod grants;
mod group;
mod identity_pool;
mod identity_provider;
mod imported;
mod mfa;
mod oauth;
mod password;
mod plan;
mod resource_server;
mod risk;
mod role_mapping;
mod sign_in;
mod sms;
mod token;
mod trigger;
mod user_pool;

pub use attribute::{CustomAttribute, StandardAttribute};
pub use branding::{ManagedLoginBranding, ManagedLoginBrandingBuilder, ManagedLoginBrandingProps};
pub use client::{
    AuthFlow, UserPoolClient, UserPoolClientBuilder, UserPoolClientProps, UserPoolClientSecret,
};
pub use domain::{
    LoginPages, UserPoolDomain, UserPoolDomainBuilder, UserPoolDomainName, UserPoolDomainProps,
};
pub use email::{SesEmail, VerificationMessage};
pub use federation::Federation;
pub use group::{UserPoolGroup, UserPoolGroupBuilder, UserPoolGroupProps};
pub use identity_pool::{
    GuestAccess, IdentityPool, IdentityPoolBuilder, IdentityPoolProps, ImportedIdentityPool,
};
pub use identity_provider::{
    UserPoolIdentityProvider, UserPoolIdentityProviderBuilder, UserPoolIdentityProviderProps,
};
pub use imported::ImportedUserPool;
pub use mfa::{Mfa, SecondFactors};
pub use oauth::{OAuth, OAuthScope, ResourceServerScope};
pub use password::{CharacterClass, PasswordPolicy};
pub use plan::{FeaturePlan, ThreatProtection};
pub use resource_server::{
    UserPoolResourceServer, UserPoolResourceServerBuilder, UserPoolResourceServerProps,
};
pub use risk::{
    RiskAction, RiskNotification, UserPoolRiskConfiguration, UserPoolRiskConfigurationBuilder,
    UserPoolRiskConfigurationProps,
};
pub use role_mapping::{ClaimMatch, RoleMapping};
pub use sign_in::{AccountRecovery, DeviceTracking, FirstFactor, Passkeys, SignIn, SignInAlias};
pub use trigger::{CustomSender, TokenEvent, Trigger};
pub use user_pool::{UserPool, UserPoolBuilder, UserPoolProps};

//! Methods of HTTP requests.

/// Method of HTTP requests that a route accepts.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum HttpMethod {
    /// Every method that no other route of the path names.
    Any,
    /// `DELETE`: removes a resource.
    Delete,
    /// `GET`: reads a resource.
    Get,
    /// `HEAD`: reads the headers of a resource.
    Head,
    /// `OPTIONS`: asks for the options of a resource. API Gateway answers preflight requests itself if the API has `cors`.
    Options,
    /// `PATCH`: changes a part of a resource.
    Patch,
    /// `POST`: adds a resource, or starts an action.
    Post,
    /// `PUT`: replaces a resource.
    Put,
}

impl HttpMethod {
    /// Returns the name in CloudFormation, such as `GET` or `ANY`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "ANY",
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }

    /// Returns the name in lists of methods and in ARNs, in which `*` stands for any.
    pub(crate) const fn as_pattern(self) -> &'static str {
        match self {
            Self::Any => "*",
            one => one.as_str(),
        }
    }
}

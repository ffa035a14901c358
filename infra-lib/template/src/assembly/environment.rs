//! Replaces placeholders for account, region and partition in the texts of an assembly.

/// Values for the placeholders `${AWS::AccountId}`, `${AWS::Region}` and `${AWS::Partition}` in texts of an assembly.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Placeholders {
    /// Account ID of twelve digits.
    pub account: String,
    /// Region code, for example `eu-west-1`.
    pub region: String,
    /// Partition of the region, for example `aws` or `aws-cn`.
    pub partition: String,
}

/// The error for a text with a placeholder other than the three supported ones.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{text}` has the placeholder `{placeholder}`, which has no value")]
#[non_exhaustive]
pub struct UnknownPlaceholder {
    /// The complete text, with all its placeholders.
    pub text: String,
    /// The first unsupported placeholder, including `${` and `}`.
    pub placeholder: String,
}

impl Placeholders {
    /// Creates the values from an account, a region and a partition.
    pub fn new(
        account: impl Into<String>,
        region: impl Into<String>,
        partition: impl Into<String>,
    ) -> Self {
        Self {
            account: account.into(),
            region: region.into(),
            partition: partition.into(),
        }
    }

    /// Replaces every placeholder in a text.
    ///
    /// # Errors
    ///
    /// Fails if a placeholder other than the three supported ones remains.
    pub fn fill_text(&self, text: &str) -> Result<String, UnknownPlaceholder> {
        let filled = text
            .replace("${AWS::AccountId}", &self.account)
            .replace("${AWS::Region}", &self.region)
            .replace("${AWS::Partition}", &self.partition);
        match filled.find("${") {
            None => Ok(filled),
            Some(start) => {
                let rest = &filled[start..];
                let end = rest.find('}').map_or(rest.len(), |end| end + 1);
                Err(UnknownPlaceholder {
                    text: text.to_owned(),
                    placeholder: rest[..end].to_owned(),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Placeholders;

    #[test]
    fn fills_placeholders_and_reports_unknown_one() {
        let place = Placeholders {
            account: "123456789012".to_owned(),
            region: "eu-west-1".to_owned(),
            partition: "aws".to_owned(),
        };
        assert_eq!(
            place
                .fill_text("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/x-${AWS::AccountId}-${AWS::Region}")
                .unwrap(),
            "arn:aws:iam::123456789012:role/x-123456789012-eu-west-1"
        );
        assert_eq!(place.fill_text("plain $ {x}").unwrap(), "plain $ {x}");
        let error = place
            .fill_text("s3://a-${AWS::Region}-${AWS::URLSuffix}/k")
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "`s3://a-${AWS::Region}-${AWS::URLSuffix}/k` has the placeholder `${AWS::URLSuffix}`, which has no value"
        );
        assert_eq!(place.fill_text("${Open").unwrap_err().placeholder, "${Open");
    }
}

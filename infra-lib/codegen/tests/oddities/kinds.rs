/// Resource types of `AWS::Odd`.
pub mod odd {
    /// `AWS::Odd::Gadget`.
    pub enum Gadget {}
    /// `AWS::Odd::Required`.
    pub enum Required {}
    /// `AWS::Odd::Thing`.
    pub enum Thing {}
}

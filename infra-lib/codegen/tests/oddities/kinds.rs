/// Markers of the resource types of `AWS::Odd`.
pub mod odd {
    /// Marker of the resource type `AWS::Odd::Gadget`.
    pub enum Gadget {}
    /// Marker of the resource type `AWS::Odd::Required`.
    pub enum Required {}
    /// Marker of the resource type `AWS::Odd::Thing`.
    pub enum Thing {}
}

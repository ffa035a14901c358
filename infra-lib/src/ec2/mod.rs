//! Amazon EC2 networking: VPCs, subnets by tier, security groups and the connections between them.

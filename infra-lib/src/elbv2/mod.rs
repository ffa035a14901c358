//! Elastic Load Balancing: Application Load Balancers, listeners and target groups.

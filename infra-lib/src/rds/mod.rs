//! Amazon RDS: PostgreSQL databases.

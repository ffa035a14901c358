//! The macro with which constructs get methods for the metrics of their service.

/// Adds a method for each metric to types that have a method `metric(name, statistic)`.
macro_rules! metric_methods {
    ($($type:ty),+ => $list:tt) => {
        $($crate::cloudwatch::metric_methods! { @one $type $list })+
    };
    (@one $type:ty { $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+ }) => {
        impl $type {
            $(
                $(#[doc = $doc])+
                pub fn $method(&self) -> $crate::cloudwatch::Metric {
                    self.metric($name, $crate::cloudwatch::Statistic::$statistic)
                }
            )+
        }
    };
}

pub(crate) use metric_methods;

// Whoever imports PortrunKit says with it what a `System` is; nothing else of the module is public.
@_exported import PortrunBase

// Whoever imports PortrunKit says with it what a system is.
@_exported import struct PortrunBase.System

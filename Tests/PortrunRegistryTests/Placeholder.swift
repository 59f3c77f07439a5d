import Testing

@testable import PortrunRegistry

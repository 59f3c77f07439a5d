import Testing

@testable import PortrunCore

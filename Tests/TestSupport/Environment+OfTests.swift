import PortrunBase

extension Environment {
    package static var ofTests: Environment { System.current().environment }
}

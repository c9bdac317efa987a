package reach

import (
	"fmt"
	"net/netip"
	"syscall"
)

// closed are the networks within the public ones that lead to no public site:
// IANA's special-purpose registries, and where clouds keep their machines' secrets.
var closed = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
	"168.63.129.16/32",
	// These wrap addresses of the older kind, or document.
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

// global is what has been handed out of IPv6 so far.
var global = netip.MustParsePrefix("2000::/3")

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// Public reports whether an address is on the public internet.
func Public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	for _, p := range closed {
		if p.Contains(a) {
			return false
		}
	}
	return a.Is4() || global.Contains(a)
}

// Control is for net.Dialer: it refuses to connect to what is not [Public], after
// the name was resolved, and to the ports of services other than the web.
func Control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	if !Public(to.Addr()) {
		return fmt.Errorf("connect: %s is not on the public internet", to.Addr())
	}
	if port := to.Port(); port < 1024 && port != 80 && port != 443 {
		return fmt.Errorf("connect: port %d is not the web's", port)
	}
	return nil
}

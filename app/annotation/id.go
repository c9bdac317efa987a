package annotation

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"
)

// NewID makes a UUIDv7 (RFC 9562, section 5.7) from a time, of which the
// milliseconds count, and ten random bytes. Ids of later milliseconds sort after
// earlier ones; two of the same millisecond are in the order of their random
// bytes, so a caller who needs more order must see to it. A time before 1970
// counts as 1970.
func NewID(now time.Time, random [10]byte) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(max(now.UnixMilli(), 0))<<16)
	copy(b[6:], random[:])
	b[6] = b[6]&0x0f | 0x70 // version 7
	b[8] = b[8]&0x3f | 0x80 // the variant of RFC 9562

	s := make([]byte, 0, 36)
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			s = append(s, '-')
		}
		s = hex.AppendEncode(s, part)
	}
	return string(s)
}

// ValidID reports whether s is a UUID of version 7 in its one canonical form: 36
// characters, lower case. Any other spelling would be a second id for one note.
func ValidID(s string) bool {
	return isUUID(s) && s[14] == '7' && strings.IndexByte("89ab", s[19]) >= 0
}

// isUUID reports whether s is a UUID of any version in lower case.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case (c < '0' || c > '9') && (c < 'a' || c > 'f'):
			return false
		}
	}
	return true
}

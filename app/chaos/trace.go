package chaos

import (
	"fmt"
	"strings"
)

// maxTrace is how many lines of a trace a failure shows.
const maxTrace = 30

// tracef adds a line to what happened.
func (f *Fleet) tracef(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.trace = append(f.trace, fmt.Sprintf("%5d %s", len(f.trace), fmt.Sprintf(format, args...)))
}

// Trace is the last of what happened before err: of all, or of the note that err
// names.
func (f *Fleet) Trace(err error) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	lines := f.trace
	for _, id := range f.notes {
		if err != nil && strings.Contains(err.Error(), id) {
			lines = about(f.trace, id)
			break
		}
	}
	return strings.Join(lines[max(0, len(lines)-maxTrace):], "\n")
}

func about(lines []string, id string) (some []string) {
	for _, line := range lines {
		if strings.Contains(line, id) {
			some = append(some, line)
		}
	}
	return some
}

package article

import "slices"

// maxEdits bounds the search for what two lists have in common: it takes time and
// memory in the square of the edits between them.
const maxEdits = 1000

// pair is an element of both lists, by its place in each.
type pair struct{ a, b int }

// common is a longest common subsequence of a and b: E. W. Myers, "An O(ND)
// difference algorithm and its variations", Algorithmica 1 (1986). Of lists with
// more than maxEdits edits between them it is what they begin and end with.
func common[T comparable](a, b []T) []pair {
	var head, tail []pair
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		head = append(head, pair{from, from})
		from++
	}
	n, m := len(a), len(b)
	for n > from && m > from && a[n-1] == b[m-1] {
		n, m = n-1, m-1
		tail = append(tail, pair{n, m})
	}
	for _, p := range middle(a[from:n], b[from:m]) {
		head = append(head, pair{p.a + from, p.b + from})
	}
	slices.Reverse(tail)
	return append(head, tail...)
}

// middle is common without the ends. Row d of its table holds, for each diagonal
// k = x - y from -d to d, how far x comes with d edits.
func middle[T comparable](a, b []T) []pair {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	var rows [][]int32
	for d := range min(len(a)+len(b), maxEdits) + 1 {
		row := make([]int32, 2*d+1)
		for k := -d; k <= d; k += 2 {
			x := int(reach(rows, d, k))
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			row[k+d] = int32(x)
			if x >= len(a) && x-k >= len(b) {
				return trace(append(rows, row), len(a), len(b))
			}
		}
		rows = append(rows, row)
	}
	return nil
}

// reach is where the last of d edits leads on diagonal k, before what is equal
// behind it.
func reach(rows [][]int32, d, k int) int32 {
	if d == 0 {
		return 0
	}
	if step(rows, d, k) {
		return at(rows, d-1, k+1)
	}
	return at(rows, d-1, k-1) + 1
}

// step reports whether the last of d edits on diagonal k takes an element of b,
// and not one of a.
func step(rows [][]int32, d, k int) bool {
	return k == -d || k != d && at(rows, d-1, k-1) < at(rows, d-1, k+1)
}

func at(rows [][]int32, d, k int) int32 { return rows[d][k+d] }

// trace walks back from the ends of both lists.
func trace(rows [][]int32, x, y int) []pair {
	var back []pair
	for d := len(rows) - 1; d >= 0; d-- {
		k := x - y
		start := int(reach(rows, d, k))
		for x > start {
			x, y = x-1, y-1
			back = append(back, pair{x, y})
		}
		if d > 0 {
			if step(rows, d, k) {
				y--
			} else {
				x--
			}
		}
	}
	slices.Reverse(back)
	return back
}

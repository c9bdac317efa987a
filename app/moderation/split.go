package moderation

import "slices"

// split is where the words of a form without spaces end, or nil if it is not
// made of known words alone. Few common words are likelier than many rare ones.
// Unless it is sure that there are several, they must have more than three
// letters on average, or any name would do.
func split(form string, p *Policy, sure bool) []int {
	const impossible = 1 << 20
	cost, from, short := make([]int, len(form)+1), make([]int, len(form)+1), make([]int, len(form)+1)
	for end := 1; end <= len(form); end++ {
		cost[end] = impossible
		for begin := max(0, end-14); begin < end; begin++ {
			if cost[begin] >= impossible {
				continue
			}
			c, s := p.partCost(form[begin:end])
			if c = c + cost[begin]; c < cost[end] {
				cost[end], from[end], short[end] = c, begin, short[begin]+s
			}
		}
	}
	n := len(form)
	if cost[n] >= impossible || from[n] == 0 || !sure && short[n] > 4*n+4 {
		return nil
	}
	var cuts []int
	for end := n; end > 0; end = from[end] {
		cuts = append(cuts, end)
	}
	slices.Reverse(cuts)
	return cuts
}

// partCost is what one word costs among others without spaces, by how rare it
// is, and how much it counts as a short one.
func (p *Policy) partCost(part string) (cost, short int) {
	const impossible = 1 << 20
	switch n := len(part); {
	case part == "a" || part == "i":
		return 6, 22
	case n == 1:
		return impossible, 0
	case n < 3:
		cost, short = 9, 22
	case n == 3:
		cost, short = 7, 14
	default:
		cost, short = 6, 10
	}
	v := p.speller()
	if v == nil {
		if !p.known().has(part) {
			return impossible, 0
		}
		return cost, short
	}
	rank := v.rarity(part)
	if term := len(part) >= leastNear && p.lexicon.words[part]; term {
		rank = v.weight(part, p.lexicon, termGain)
	} else if rank < 0 {
		return impossible, 0
	}
	if rank <= usualRank {
		short = min(short, 12)
	}
	return cost + rank, short
}

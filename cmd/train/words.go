package main

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// shortWords are the words of one and two letters; a list by frequency is full
// of others that are none.
const shortWords = "a i u am an as at be by do go he hi if in is it me mr ms my no of oh ok on or so to tv uk un up us vs we eu dr pm ex ad id ha"

// commonWords are the most frequent words of English in films, see SOURCE.txt of
// the lexicons (SUBTLEX-US, ISC).
func commonWords(data string, n int) ([]string, error) {
	f, err := os.Open(filepath.Join(data, "lexicons", "subtlex_us.tsv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	words := strings.Fields(shortWords)
	lines := bufio.NewScanner(f)
	for lines.Scan() && len(words) < n {
		word, count, _ := strings.Cut(lines.Text(), "\t")
		word = strings.ToLower(word)
		c, err := strconv.Atoi(count)
		if err != nil {
			return nil, err
		}
		if len(word) < 3 || len(word) == 3 && c < 300 {
			continue
		}
		words = append(words, word)
	}
	return words, lines.Err()
}

package server

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"marginalia/app/store"
)

const (
	cookieName = "marginalia"
	tokenBytes = 32
	tokenLen   = 43 // of tokenBytes in base64url
	// cookieAge is the longest that browsers keep a cookie; each sync renews it.
	cookieAge = 400 * 24 * time.Hour
)

// session finds the reader of a sync request, or makes a reader with a session
// and gives the client its cookie. Of a token only its hash is stored.
func (s *Server) session(w http.ResponseWriter, r *http.Request, changes []rawChange) (store.Reader, error) {
	ctx := r.Context()
	if c, err := r.Cookie(cookieName); err == nil && len(c.Value) == tokenLen {
		reader, err := s.store.ReaderBySession(ctx, hashToken(c.Value))
		if err == nil {
			s.setCookie(w, r, c.Value)
			return reader, nil
		}
		if !errors.Is(err, store.ErrNotFound) {
			return store.Reader{}, fmt.Errorf("session: %w", err)
		}
		// It was let in as a session of its own: who makes sessions up is counted.
		if key, bounded := addressKey(r); bounded {
			if err := s.count(key); err != nil {
				return store.Reader{}, err
			}
		}
	}
	token, err := s.newToken()
	if err != nil {
		return store.Reader{}, err
	}
	reader, err := s.startSession(ctx, token, changes)
	if err != nil {
		return store.Reader{}, fmt.Errorf("start session: %w", err)
	}
	s.setCookie(w, r, token)
	return reader, nil
}

// startSession lets token act for a reader: for the one who already has an
// answer to one of the changes, else for a new one.
//
// A device whose first answer was lost comes back without a cookie and with the
// same changes. A change's id is random and known to nobody but its device and
// the server, so who can name one with its note is that device, and its notes
// must not become another reader's.
func (s *Server) startSession(ctx context.Context, token string, changes []rawChange) (store.Reader, error) {
	known := map[string]string{} // change to the reader of its note
	for _, c := range changes {
		if id := c.noteID(); id != "" {
			n, err := s.store.Note(ctx, id)
			if err == nil {
				known[c.ID] = n.Reader
			} else if !errors.Is(err, store.ErrNotFound) {
				return store.Reader{}, err
			}
		}
	}
	fresh, err := s.newReader()
	if err != nil {
		return store.Reader{}, err
	}
	hash, now := hashToken(token), s.now().UTC()
	err = s.store.Update(ctx, func(tx store.Tx) error {
		for change, reader := range known {
			_, err := tx.Outcome(reader, change)
			if err == nil {
				return tx.PutSession(hash, reader, now)
			}
			if !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		fresh.Created = now
		if err := tx.PutReader(fresh); err != nil {
			return err
		}
		return tx.PutSession(hash, fresh.ID, now)
	})
	if err != nil {
		return store.Reader{}, err
	}
	return s.store.ReaderBySession(ctx, hash)
}

// newReader makes a reader with a pseudonym: four digits of the id, but none that
// the rules take for a word. They read "d6a0" as one, and a reader whom the server
// named so would see every note held.
func (s *Server) newReader() (store.Reader, error) {
	var b [16]byte
	if _, err := io.ReadFull(s.random, b[:]); err != nil {
		return store.Reader{}, fmt.Errorf("reader id: %w", err)
	}
	id := hex.EncodeToString(b[:])
	name := "reader-" + id[:4]
	for from := 1; from+4 <= len(id) && s.against(name) != nil; from++ {
		name = "reader-" + id[from:from+4]
	}
	return store.Reader{ID: id, Nickname: name}, nil
}

func (s *Server) newToken() (string, error) {
	var b [tokenBytes]byte
	if _, err := io.ReadFull(s.random, b[:]); err != nil {
		return "", fmt.Errorf("session token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// handleSignOut takes the cookie back: the browser is nobody's from then on.
// Whose session it was stays as it is, since the same reader may have others.
func (s *Server) handleSignOut(w http.ResponseWriter, r *http.Request) error {
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Path: "/", MaxAge: -1,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure || r.TLS != nil,
	})
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, token string) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: token, Path: "/", MaxAge: int(cookieAge.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure || r.TLS != nil,
	})
}

// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: openssl
// The functions that the built-in model openssl names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

void contexts(EVP_PKEY *Key) {
  EVP_MD_CTX *Digest = EVP_MD_CTX_new();
  EVP_MD_CTX_free(Digest);
  EVP_CIPHER_CTX *Cipher = EVP_CIPHER_CTX_new();
  EVP_CIPHER_CTX_free(Cipher);
  EVP_PKEY_CTX *Context = EVP_PKEY_CTX_new(Key, nullptr);
  Context = EVP_PKEY_CTX_new_id(0, nullptr);
  Context = EVP_PKEY_CTX_dup(Context);
  EVP_PKEY_CTX_free(Context);
  BN_CTX *Number = BN_CTX_new();
  Number = BN_CTX_secure_new();
  BN_CTX_free(Number);
  X509_STORE_CTX *Store = X509_STORE_CTX_new();
  X509_STORE_CTX_free(Store);
}

void key(BIO *Bio, FILE *File, X509 *Certificate) {
  EVP_PKEY *Key = EVP_PKEY_new();
  Key = X509_get_pubkey(Certificate);
  Key = PEM_read_bio_PrivateKey(Bio, nullptr, nullptr, nullptr);
  Key = PEM_read_PrivateKey(File, nullptr, nullptr, nullptr);
  Key = PEM_read_bio_PUBKEY(Bio, nullptr, nullptr, nullptr);
  Key = PEM_read_PUBKEY(File, nullptr, nullptr, nullptr);
  EVP_PKEY_up_ref(Key);
  EVP_PKEY_free(Key);
}

void tls(BIO *Bio, const SSL_METHOD *Method) {
  SSL_CTX *Context = SSL_CTX_new(Method);
  SSL *Connection = SSL_new(Context);
  Connection = SSL_dup(Connection);
  SSL_up_ref(Connection);
  SSL_CTX_up_ref(Context);
  SSL_set_ex_data(Connection, 0, Context);
  SSL_CTX_set_ex_data(Context, 0, Connection);
  BIO_ctrl(Bio, BIO_C_SET_SSL, 0, Connection);
  SSL_free(Connection);
  SSL_CTX_free(Context);
}

void block(SSL *S) {
  SSL_accept(S);
  SSL_connect(S);
  SSL_do_handshake(S);
  SSL_shutdown(S);
}

/* parser.h: what scanner, layout, grammar and formatter share; private to them.
 *
 *     node.l  --tokens-->  layout.c  --tokens, repaired-->  node.y  --> Ast
 *
 * The scanner knows characters, the layout knows lines, columns and brackets,
 * the grammar knows neither. */
#ifndef ND_PARSER_H
#define ND_PARSER_H

#include "lang/ast.h"

enum { DEEPEST = 100, BLOCKS = 4, MOST_ERRORS = 20 };

typedef struct ParseInit { AstExpr *value; bool random; } ParseInit;
typedef struct ParseOver { AstBinders binders; AstExpr *only; } ParseOver;

typedef union ParseValue {          /* what a token or a phrase of the grammar carries */
    AstIdent    ident;
    AstIdents   idents;
    AstExpr    *expr;
    AstExprs    exprs;
    AstArg      arg;
    AstArgs     args;
    AstRange   *range;
    AstRanges   ranges;
    AstBinder  *binder;
    AstBinders  binders;
    ParseOver   over;
    ParseInit   init;
    AstSort    *sort;
    AstParam   *param;
    AstParams   params;
    AstWord     word;
    AstKind     kind;
    AstDefKind  defkind;
    AstDecl    *decl;
    AstDecls    decls;
    AstDef     *def;
    AstClause  *clause;
    AstClauses  clauses;
} ParseValue;

typedef struct ParseToken {
    int        kind;
    bool       first;               /* of its line                              */
    Span       at;
    ParseValue value;
} ParseToken;

typedef struct Opener {             /* a bracket or brace not closed yet         */
    int  kind;
    Span at;
    int  column;                    /* of a block's first declaration, 0: none  */
    bool said;                      /* it was reported as never closed          */
} Opener;

typedef struct Parser {
    Arena        *arena;
    Names        *names;
    const Source *source;
    Diags        *diags;
    void         *scanner;

    /* scanner */
    int    line, column;            /* of the next character                    */
    size_t offset;                  /* set before parsing: where to begin, with its line */
    bool   fresh;                   /* no token yet on this line                */

    /* layout */
    ParseToken kept;                /* to be given next, unless its kind is none */
    ParseToken last, before;        /* given to the grammar, last most recently */
    int        outer, margin;       /* where the definition, the declaration begins */
    bool       clauses;             /* in an experiment: a name begins a clause */
    bool       lost;                /* skipping to the next declaration         */
    int        skipped;             /* braces opened on the way                 */
    Span       resumed;             /* the token recovery gave a second chance  */
    Opener     brace[BLOCKS], bracket[DEEPEST];
    int        braces, brackets;

    /* messages */
    size_t errors;                  /* said about this source                   */
    Span   said;                    /* where the last one was                   */
    bool   mute;                    /* nothing more is worth saying             */
    bool   semicolons;              /* said once that none are needed           */

    /* results */
    Ast       *ast;
    AstExpr   *expr;
    AstClause *clause;
} Parser;

/* Says it, unless something was said about this place or it is being skipped.
 * True if said. */
bool parser_error(Parser *, Span, const char *format, ...) ND_PRINTF(3, 4);
/* Says it and lets the rest of the text be. */
void parser_stop(Parser *, Span, const char *format, ...) ND_PRINTF(3, 4);
/* The source text of a place, shortened, for quoting in a message. */
const char *parser_quote(Parser *, Span);
/* The first character behind a place that is no blank; 0 at the end. */
char parser_ahead(const Parser *, Span);

/* token.c: what literals are worth, and what to say about what is no token. */
AstExpr *token_number(Parser *, Span, const char *spelling, size_t length);
AstExpr *token_string(Parser *, Span, const char *spelling, size_t length);
void     token_stray(Parser *, Span, const char *spelling, size_t length);

/* build.c: what the grammar's actions make; the Span is the whole phrase's. */
bool       make_too_high(Parser *, const AstExpr *);    /* says so and stops */
void       make_version(Parser *, const AstExpr *number);
AstDef    *make_def(Parser *, AstDefKind, Span head, AstIdent name);
AstDef    *make_import(Parser *, Span, const AstExpr *path, AstIdent name);
AstDecl   *make_decl(Parser *, AstWord, Span, AstIdent name, AstExpr *value);
AstDecl   *make_derivative(Parser *, Span, AstIdent token, AstExpr *value);
AstDecls   make_words(AstDecls, AstWord, Span word);
AstSort   *make_sort(Parser *, Span, Span name_at, const char *name, AstArgs);
AstExpr   *make_name(Parser *, AstIdent);
AstExpr   *make_truth(Parser *, Span, bool);
AstExpr   *make_list(Parser *, Span, AstExprs);
AstExpr   *make_call(Parser *, Span, Span open, AstExpr *f, AstArgs);
AstExpr   *make_over(Parser *, AstKind, Span, AstExpr *f, AstExpr *body, ParseOver);
AstExpr   *make_index(Parser *, Span, Span open, AstExpr *of, AstRanges);
AstExpr   *make_member(Parser *, Span, AstExpr *of, AstIdent field);
AstExpr   *make_if(Parser *, Span, AstExpr *test, AstExpr *yes, AstExpr *no);
AstExpr   *make_fold(Parser *, AstKind, Span, AstIdent state, AstExpr *begin,
                     AstIdent item, const AstRange *in, AstExpr *body);
AstExpr   *make_pipe(Parser *, Span op, AstExpr *a, AstExpr *b);
AstBinder *make_binder(Parser *, AstIdent, const AstRange *);
AstRange  *make_range(Parser *, Span, AstExpr *first, AstExpr *last, bool range);

/* layout.c */
void layout_open(Parser *, int entry);          /* entry: the token that chooses the start */
int  layout_scan(Parser *, ParseToken *);       /* the next token, nothing repaired */
int  layout_next(Parser *, ParseValue *, Span *);
void layout_recover(Parser *);                  /* the last token was wrong         */
bool layout_leads(const Parser *, const ParseToken *);      /* may begin a declaration */

#endif

"""Texts of Vowpal Wabbit arguments as people write them, by what comes of them on a model of one number a row.

Each was run on the designer's module; ``tests/vendor`` runs them again.
"""

from __future__ import annotations

ANSWERED = (
    *("", " ", "--link logistic", "--link=logistic", "--link  logistic", " --link logistic ", "--link identity"),
    *("--link glf1", "--link poisson", "--link logistic --link logistic", "--loss_function logistic"),
    *("--loss_function squared", "--loss_function hinge", "--loss_function quantile", "--loss_function classic"),
    *(
        "--loss_function poisson",
        "--loss_function=logistic",
        "--loss_function hinge --link logistic",
        "-l 0.5",
        "-l0.5",
    ),
    *("--learning_rate 0.5", "--learning_rate=0.5", "-b 18", "-b18", "--bit_precision 18", "--min_prediction 0"),
    *("--min_prediction=-1", "--min_prediction -1 --max_prediction 1", "--max_prediction 1e3", "--min_prediction +1"),
    *("--min_prediction 1.", "-t", "--testonly", "-ta", "--passes 1", "--passes 0", "--oaa 1", "--csoaa 3", "--cb 2"),
    *("--boosting 2", "--bootstrap 2", "--nn 2", "--lrq aa2", "--lrqfa aa2", "--new_mf 2", "--autolink 2"),
    *("--stage_poly", "-q ab", "-qab", "-q ::", "-q ab -q ac", "--quadratic ab", "--quadratic=ab", "--q: a"),
    *("--cubic abc", "--interactions ab", "--interactions abc", "--ngram 2", "--ngram a2", "--ngram 2 --skips 1"),
    *("--ignore a", "--keep a", "--ignore_linear a", "--redefine a:=b", "--redefine :=a", "--affix +1a", "--affix -1b"),
    *("--spelling a", "--hash all", "--hash strings", "--hash=all", "--noconstant", "-C 1", "--constant 1"),
    *("--random_seed 1", "--random_seed -1", "--holdout_off", "--holdout_period 10", "--holdout_period -1"),
    *("--early_terminate 3", "--ring_size 256", "--ring_size 10000", "--l1 0.1", "--l1 0.1 --l1 0.1", "--l2 -1"),
    *("--power_t 0.5", "--decay_learning_rate 0.9", "--quantile_tau 0.5", "--quiet", "--audit", "-a", "-P 1", "--ftrl"),
    *("--sgd", "--adaptive", "--coin", "--kernel rbf", "--alg logistic", "--bs_type mean", "--metrics", "--confidence"),
    *("--binary", "--link logistic --binary", "--sort_features", "--id x", "--classweight 1:2", "--math-mode 1"),
    *("--normalize 1", "--lr_multiplier 1", "--baseline", "--mem 15", "--oaa 2 --link logistic"),
)
"""Answered, and nothing is to be said but that the model may have another bit precision."""

IDLE = (
    *("--l 0.5", "--q ab", "--t", "--f x", "--d x", "-f x", "-d x", "-c", "-k", "--invert_hash f", "-p out"),
    *("--readable_model r", "--predictions out", "--final_regressor f", "--cache_file c", "--save_per_pass"),
    *("--rank 10", "--search 2", "--examples 1", "-t 1", "--holdout_off 1", "logistic", "link logistic", "-", "-5"),
    *("\u2014link logistic", "\u2013q ab", "--quiet 1", "--noop", "--print", "--active_cover", "--id", "--normalize"),
    *("--keep --link logistic", "--lrq", "-P"),
)
"""Answered, but with something in it that has no effect, or not the one that it looks like."""

REFUSED = (
    *(
        '--link "logistic"',
        "--link 'logistic'",
        "-link logistic",
        "-link=logistic",
        "--link sigmoid",
        "--link Logistic",
    ),
    *("--link", "--link=", "--link = logistic", "--link= logistic", "--link =logistic", "--Link logistic"),
    *("--link logistic --link identity", "--loss_function log", "--loss_function", "--loss_function expectile"),
    *("-l abc", "-l=0.5", "-l", "--learning_rate", "--learning_rate=abc", "-b x", "-b", "-b=18", "--min_prediction a"),
    *("--min_prediction 0,5", "--min_prediction 1_0", "--min_prediction 0x1", "--min_prediction nan", "-t=1"),
    *("--testonly=1", "--testonly=true", "--quiet=1", "--holdout_off=1", "--passes 2", "--passes=2", "--passes -1"),
    *("--cb_explore 2", "--multilabel_oaa 2", "--ect 2", "--cbify 2", "--oaa 3 --probabilities", "--oaa 3 --scores"),
    *("--oaa 0", "--oaa -1", "--nn -1", "--csoaa -1", "--cb -1", "--boosting -1", "--replay_c -1", "-q a", "-q abc"),
    *("-q", '-q "ab"', "--quadratic a", "--cubic ab", "--interactions a", "--skips 1", "--redefine a", "--affix a"),
    *("--hash none", "--constant=a", "--constant", "--random_seed a", "--random_seed 1.5", "--random_seed"),
    *("--holdout_period a", "--ring_size -1", "--ring_size 1000000", "--l1 a", "--l1=", "--l1 0.1 --l1 0.2"),
    *("--power_t a", "--initial_t", "--quantile_tau a", "--nonsense", "--lin logistic", "--loss logistic"),
    *("--classweight x", "--search_task sequence", "--swap_resistance 4", "--math_mode 1", "--wap 2"),
    *("--termination a", "--lr_multiplier a", "-r raw", "-i m", "--alg nope --boosting 2"),
)
"""Not answered: the request fails, the process ends, or it never returns."""

import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  $,
  Axis,
  ClassTable,
  ConfigSchema,
  CurvePart,
  DownloadPart,
  ErrorPart,
  GalleryPart,
  Head,
  HeatPart,
  LEAST_CLASS_GROUPS,
  LEAST_CLEAN,
  MOST_TOLD,
  ModelLegend,
  PageFrame,
  Part,
  REPLICATES,
  Scroll,
  ValueMarks,
  a,
  auditBootstrap,
  augmentationEffects,
  boxAt,
  checkClassNames,
  classRows,
  commonPart,
  commonScale,
  compareManifests,
  compareNodes,
  compareRuns,
  conditionOf,
  countGroups,
  createProgress,
  curveFamiliesOf,
  detectionsByImage,
  drawFailures,
  evaluateModel,
  evaluatePlan,
  evaluateShard,
  explainIssue,
  failureText,
  findWrongSetup,
  gatedColumn,
  heading,
  heatSources,
  historyBadge,
  historyEntry,
  hits,
  imageLoader,
  imageTables,
  isWhole,
  judge,
  judgeRuns,
  judgedPair,
  judgedPart,
  line,
  linear,
  loadConfig,
  makePlan,
  mergeShards,
  missingJobs,
  nearest,
  openBaseline,
  openComparison,
  originOf,
  percent,
  pixel,
  predictorKey,
  readDataYaml,
  readDataset,
  referenceReport,
  renderConsole,
  renderHtml,
  renderJson,
  renderSafely,
  reporters,
  reportsIn,
  require_dist,
  runClassDropsCsv,
  runGate,
  runNodesCsv,
  scoreClean,
  settingFacts,
  setupOf,
  severalErrors,
  severalExamples,
  showFailures,
  sideReader,
  suiteConditions,
  switchCss,
  whyNone,
  worseVerdict,
  writeReports,
  z
} from "./chunks/chunk-T2W4WX6J.js";
import {
  ALL_THRESHOLDS,
  GatePolicySchema,
  IOU_THRESHOLDS,
  LEAST_GROUPS,
  MAX_SENTENCE,
  averagePrecisions,
  baselineArtifact,
  conditionWarps,
  count,
  createOctokit,
  currentWaivers,
  degreesOf,
  descendingOrder,
  families,
  findObjects,
  forwarder,
  grouped,
  groupsOf,
  guardOutput,
  halfWidth,
  leftOutSentences,
  listed,
  mapColumns,
  marginOf,
  matchCondition,
  matchOverlaps,
  mean,
  measureLimits,
  metrics,
  nodeTitle,
  nodeValues,
  otherMetric,
  overlapList,
  parseShard,
  plain,
  plusMinus,
  points,
  readManifest,
  readRun,
  reordered,
  requestProblem,
  require_lib,
  riskColumns,
  riskScore,
  ruleOutAlphaOf,
  share,
  short,
  signed,
  statusMarks,
  studentQuantile,
  suiteNodes,
  terminal,
  webAddress
} from "./chunks/chunk-6B35HICN.js";
import {
  TOOL_VERSION,
  conditionKey,
  openPredictor
} from "./chunks/chunk-LAD2A25X.js";
import {
  GateError,
  __callDispose,
  __commonJS,
  __require,
  __toESM,
  __using,
  changedImage,
  decodeImage,
  encodePng,
  external_exports,
  formatError,
  harmless,
  likelySecrets,
  loadSharp,
  messageOf,
  perturbations,
  readBounded
} from "./chunks/chunk-OI4ZWR5J.js";

// node_modules/commander/lib/error.js
var require_error = __commonJS({
  "node_modules/commander/lib/error.js"(exports) {
    var CommanderError2 = class extends Error {
      /**
       * Constructs the CommanderError class
       * @param {number} exitCode suggested exit code which could be used with process.exit
       * @param {string} code an id string representing the error
       * @param {string} message human-readable description of the error
       */
      constructor(exitCode, code, message) {
        super(message);
        Error.captureStackTrace(this, this.constructor);
        this.name = this.constructor.name;
        this.code = code;
        this.exitCode = exitCode;
        this.nestedError = void 0;
      }
    };
    var InvalidArgumentError2 = class extends CommanderError2 {
      /**
       * Constructs the InvalidArgumentError class
       * @param {string} [message] explanation of why argument is invalid
       */
      constructor(message) {
        super(1, "commander.invalidArgument", message);
        Error.captureStackTrace(this, this.constructor);
        this.name = this.constructor.name;
      }
    };
    exports.CommanderError = CommanderError2;
    exports.InvalidArgumentError = InvalidArgumentError2;
  }
});

// node_modules/commander/lib/argument.js
var require_argument = __commonJS({
  "node_modules/commander/lib/argument.js"(exports) {
    var { InvalidArgumentError: InvalidArgumentError2 } = require_error();
    var Argument2 = class {
      /**
       * Initialize a new command argument with the given name and description.
       * The default is that the argument is required, and you can explicitly
       * indicate this with <> around the name. Put [] around the name for an optional argument.
       *
       * @param {string} name
       * @param {string} [description]
       */
      constructor(name, description) {
        this.description = description || "";
        this.variadic = false;
        this.parseArg = void 0;
        this.defaultValue = void 0;
        this.defaultValueDescription = void 0;
        this.argChoices = void 0;
        switch (name[0]) {
          case "<":
            this.required = true;
            this._name = name.slice(1, -1);
            break;
          case "[":
            this.required = false;
            this._name = name.slice(1, -1);
            break;
          default:
            this.required = true;
            this._name = name;
            break;
        }
        if (this._name.endsWith("...")) {
          this.variadic = true;
          this._name = this._name.slice(0, -3);
        }
      }
      /**
       * Return argument name.
       *
       * @return {string}
       */
      name() {
        return this._name;
      }
      /**
       * @package
       */
      _collectValue(value, previous) {
        if (previous === this.defaultValue || !Array.isArray(previous)) {
          return [value];
        }
        previous.push(value);
        return previous;
      }
      /**
       * Set the default value, and optionally supply the description to be displayed in the help.
       *
       * @param {*} value
       * @param {string} [description]
       * @return {Argument}
       */
      default(value, description) {
        this.defaultValue = value;
        this.defaultValueDescription = description;
        return this;
      }
      /**
       * Set the custom handler for processing CLI command arguments into argument values.
       *
       * @param {Function} [fn]
       * @return {Argument}
       */
      argParser(fn) {
        this.parseArg = fn;
        return this;
      }
      /**
       * Only allow argument value to be one of choices.
       *
       * @param {string[]} values
       * @return {Argument}
       */
      choices(values) {
        this.argChoices = values.slice();
        this.parseArg = (arg, previous) => {
          if (!this.argChoices.includes(arg)) {
            throw new InvalidArgumentError2(
              `Allowed choices are ${this.argChoices.join(", ")}.`
            );
          }
          if (this.variadic) {
            return this._collectValue(arg, previous);
          }
          return arg;
        };
        return this;
      }
      /**
       * Make argument required.
       *
       * @returns {Argument}
       */
      argRequired() {
        this.required = true;
        return this;
      }
      /**
       * Make argument optional.
       *
       * @returns {Argument}
       */
      argOptional() {
        this.required = false;
        return this;
      }
    };
    function humanReadableArgName(arg) {
      const nameOutput = arg.name() + (arg.variadic === true ? "..." : "");
      return arg.required ? "<" + nameOutput + ">" : "[" + nameOutput + "]";
    }
    exports.Argument = Argument2;
    exports.humanReadableArgName = humanReadableArgName;
  }
});

// node_modules/commander/lib/help.js
var require_help = __commonJS({
  "node_modules/commander/lib/help.js"(exports) {
    var { humanReadableArgName } = require_argument();
    var Help2 = class {
      constructor() {
        this.helpWidth = void 0;
        this.minWidthToWrap = 40;
        this.sortSubcommands = false;
        this.sortOptions = false;
        this.showGlobalOptions = false;
      }
      /**
       * prepareContext is called by Commander after applying overrides from `Command.configureHelp()`
       * and just before calling `formatHelp()`.
       *
       * Commander just uses the helpWidth and the rest is provided for optional use by more complex subclasses.
       *
       * @param {{ error?: boolean, helpWidth?: number, outputHasColors?: boolean }} contextOptions
       */
      prepareContext(contextOptions) {
        this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
      }
      /**
       * Get an array of the visible subcommands. Includes a placeholder for the implicit help command, if there is one.
       *
       * @param {Command} cmd
       * @returns {Command[]}
       */
      visibleCommands(cmd) {
        const visibleCommands = cmd.commands.filter((cmd2) => !cmd2._hidden);
        const helpCommand = cmd._getHelpCommand();
        if (helpCommand && !helpCommand._hidden) {
          visibleCommands.push(helpCommand);
        }
        if (this.sortSubcommands) {
          visibleCommands.sort((a2, b) => {
            return a2.name().localeCompare(b.name());
          });
        }
        return visibleCommands;
      }
      /**
       * Compare options for sort.
       *
       * @param {Option} a
       * @param {Option} b
       * @returns {number}
       */
      compareOptions(a2, b) {
        const getSortKey = (option) => {
          return option.short ? option.short.replace(/^-/, "") : option.long.replace(/^--/, "");
        };
        return getSortKey(a2).localeCompare(getSortKey(b));
      }
      /**
       * Get an array of the visible options. Includes a placeholder for the implicit help option, if there is one.
       *
       * @param {Command} cmd
       * @returns {Option[]}
       */
      visibleOptions(cmd) {
        const visibleOptions = cmd.options.filter((option) => !option.hidden);
        const helpOption = cmd._getHelpOption();
        if (helpOption && !helpOption.hidden) {
          const removeShort = helpOption.short && cmd._findOption(helpOption.short);
          const removeLong = helpOption.long && cmd._findOption(helpOption.long);
          if (!removeShort && !removeLong) {
            visibleOptions.push(helpOption);
          } else if (helpOption.long && !removeLong) {
            visibleOptions.push(
              cmd.createOption(helpOption.long, helpOption.description)
            );
          } else if (helpOption.short && !removeShort) {
            visibleOptions.push(
              cmd.createOption(helpOption.short, helpOption.description)
            );
          }
        }
        if (this.sortOptions) {
          visibleOptions.sort(this.compareOptions);
        }
        return visibleOptions;
      }
      /**
       * Get an array of the visible global options. (Not including help.)
       *
       * @param {Command} cmd
       * @returns {Option[]}
       */
      visibleGlobalOptions(cmd) {
        if (!this.showGlobalOptions) return [];
        const globalOptions = [];
        for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
          const visibleOptions = ancestorCmd.options.filter(
            (option) => !option.hidden
          );
          globalOptions.push(...visibleOptions);
        }
        if (this.sortOptions) {
          globalOptions.sort(this.compareOptions);
        }
        return globalOptions;
      }
      /**
       * Get an array of the arguments if any have a description.
       *
       * @param {Command} cmd
       * @returns {Argument[]}
       */
      visibleArguments(cmd) {
        if (cmd._argsDescription) {
          cmd.registeredArguments.forEach((argument) => {
            argument.description = argument.description || cmd._argsDescription[argument.name()] || "";
          });
        }
        if (cmd.registeredArguments.find((argument) => argument.description)) {
          return cmd.registeredArguments;
        }
        return [];
      }
      /**
       * Get the command term to show in the list of subcommands.
       *
       * @param {Command} cmd
       * @returns {string}
       */
      subcommandTerm(cmd) {
        const args = cmd.registeredArguments.map((arg) => humanReadableArgName(arg)).join(" ");
        return cmd._name + (cmd._aliases[0] ? "|" + cmd._aliases[0] : "") + (cmd.options.length ? " [options]" : "") + // simplistic check for non-help option
        (args ? " " + args : "");
      }
      /**
       * Get the option term to show in the list of options.
       *
       * @param {Option} option
       * @returns {string}
       */
      optionTerm(option) {
        return option.flags;
      }
      /**
       * Get the argument term to show in the list of arguments.
       *
       * @param {Argument} argument
       * @returns {string}
       */
      argumentTerm(argument) {
        return argument.name();
      }
      /**
       * Get the longest command term length.
       *
       * @param {Command} cmd
       * @param {Help} helper
       * @returns {number}
       */
      longestSubcommandTermLength(cmd, helper) {
        return helper.visibleCommands(cmd).reduce((max, command) => {
          return Math.max(
            max,
            this.displayWidth(
              helper.styleSubcommandTerm(helper.subcommandTerm(command))
            )
          );
        }, 0);
      }
      /**
       * Get the longest option term length.
       *
       * @param {Command} cmd
       * @param {Help} helper
       * @returns {number}
       */
      longestOptionTermLength(cmd, helper) {
        return helper.visibleOptions(cmd).reduce((max, option) => {
          return Math.max(
            max,
            this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option)))
          );
        }, 0);
      }
      /**
       * Get the longest global option term length.
       *
       * @param {Command} cmd
       * @param {Help} helper
       * @returns {number}
       */
      longestGlobalOptionTermLength(cmd, helper) {
        return helper.visibleGlobalOptions(cmd).reduce((max, option) => {
          return Math.max(
            max,
            this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option)))
          );
        }, 0);
      }
      /**
       * Get the longest argument term length.
       *
       * @param {Command} cmd
       * @param {Help} helper
       * @returns {number}
       */
      longestArgumentTermLength(cmd, helper) {
        return helper.visibleArguments(cmd).reduce((max, argument) => {
          return Math.max(
            max,
            this.displayWidth(
              helper.styleArgumentTerm(helper.argumentTerm(argument))
            )
          );
        }, 0);
      }
      /**
       * Get the command usage to be displayed at the top of the built-in help.
       *
       * @param {Command} cmd
       * @returns {string}
       */
      commandUsage(cmd) {
        let cmdName = cmd._name;
        if (cmd._aliases[0]) {
          cmdName = cmdName + "|" + cmd._aliases[0];
        }
        let ancestorCmdNames = "";
        for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
          ancestorCmdNames = ancestorCmd.name() + " " + ancestorCmdNames;
        }
        return ancestorCmdNames + cmdName + " " + cmd.usage();
      }
      /**
       * Get the description for the command.
       *
       * @param {Command} cmd
       * @returns {string}
       */
      commandDescription(cmd) {
        return cmd.description();
      }
      /**
       * Get the subcommand summary to show in the list of subcommands.
       * (Fallback to description for backwards compatibility.)
       *
       * @param {Command} cmd
       * @returns {string}
       */
      subcommandDescription(cmd) {
        return cmd.summary() || cmd.description();
      }
      /**
       * Get the option description to show in the list of options.
       *
       * @param {Option} option
       * @return {string}
       */
      optionDescription(option) {
        const extraInfo = [];
        if (option.argChoices) {
          extraInfo.push(
            // use stringify to match the display of the default value
            `choices: ${option.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
          );
        }
        if (option.defaultValue !== void 0) {
          const showDefault = option.required || option.optional || option.isBoolean() && typeof option.defaultValue === "boolean";
          if (showDefault) {
            extraInfo.push(
              `default: ${option.defaultValueDescription || JSON.stringify(option.defaultValue)}`
            );
          }
        }
        if (option.presetArg !== void 0 && option.optional) {
          extraInfo.push(`preset: ${JSON.stringify(option.presetArg)}`);
        }
        if (option.envVar !== void 0) {
          extraInfo.push(`env: ${option.envVar}`);
        }
        if (extraInfo.length > 0) {
          const extraDescription = `(${extraInfo.join(", ")})`;
          if (option.description) {
            return `${option.description} ${extraDescription}`;
          }
          return extraDescription;
        }
        return option.description;
      }
      /**
       * Get the argument description to show in the list of arguments.
       *
       * @param {Argument} argument
       * @return {string}
       */
      argumentDescription(argument) {
        const extraInfo = [];
        if (argument.argChoices) {
          extraInfo.push(
            // use stringify to match the display of the default value
            `choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
          );
        }
        if (argument.defaultValue !== void 0) {
          extraInfo.push(
            `default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`
          );
        }
        if (extraInfo.length > 0) {
          const extraDescription = `(${extraInfo.join(", ")})`;
          if (argument.description) {
            return `${argument.description} ${extraDescription}`;
          }
          return extraDescription;
        }
        return argument.description;
      }
      /**
       * Format a list of items, given a heading and an array of formatted items.
       *
       * @param {string} heading
       * @param {string[]} items
       * @param {Help} helper
       * @returns string[]
       */
      formatItemList(heading2, items, helper) {
        if (items.length === 0) return [];
        return [helper.styleTitle(heading2), ...items, ""];
      }
      /**
       * Group items by their help group heading.
       *
       * @param {Command[] | Option[]} unsortedItems
       * @param {Command[] | Option[]} visibleItems
       * @param {Function} getGroup
       * @returns {Map<string, Command[] | Option[]>}
       */
      groupItems(unsortedItems, visibleItems, getGroup) {
        const result = /* @__PURE__ */ new Map();
        unsortedItems.forEach((item) => {
          const group = getGroup(item);
          if (!result.has(group)) result.set(group, []);
        });
        visibleItems.forEach((item) => {
          const group = getGroup(item);
          if (!result.has(group)) {
            result.set(group, []);
          }
          result.get(group).push(item);
        });
        return result;
      }
      /**
       * Generate the built-in help text.
       *
       * @param {Command} cmd
       * @param {Help} helper
       * @returns {string}
       */
      formatHelp(cmd, helper) {
        const termWidth = helper.padWidth(cmd, helper);
        const helpWidth = helper.helpWidth ?? 80;
        function callFormatItem(term, description) {
          return helper.formatItem(term, termWidth, description, helper);
        }
        let output = [
          `${helper.styleTitle("Usage:")} ${helper.styleUsage(helper.commandUsage(cmd))}`,
          ""
        ];
        const commandDescription = helper.commandDescription(cmd);
        if (commandDescription.length > 0) {
          output = output.concat([
            helper.boxWrap(
              helper.styleCommandDescription(commandDescription),
              helpWidth
            ),
            ""
          ]);
        }
        const argumentList = helper.visibleArguments(cmd).map((argument) => {
          return callFormatItem(
            helper.styleArgumentTerm(helper.argumentTerm(argument)),
            helper.styleArgumentDescription(helper.argumentDescription(argument))
          );
        });
        output = output.concat(
          this.formatItemList("Arguments:", argumentList, helper)
        );
        const optionGroups = this.groupItems(
          cmd.options,
          helper.visibleOptions(cmd),
          (option) => option.helpGroupHeading ?? "Options:"
        );
        optionGroups.forEach((options, group) => {
          const optionList = options.map((option) => {
            return callFormatItem(
              helper.styleOptionTerm(helper.optionTerm(option)),
              helper.styleOptionDescription(helper.optionDescription(option))
            );
          });
          output = output.concat(this.formatItemList(group, optionList, helper));
        });
        if (helper.showGlobalOptions) {
          const globalOptionList = helper.visibleGlobalOptions(cmd).map((option) => {
            return callFormatItem(
              helper.styleOptionTerm(helper.optionTerm(option)),
              helper.styleOptionDescription(helper.optionDescription(option))
            );
          });
          output = output.concat(
            this.formatItemList("Global Options:", globalOptionList, helper)
          );
        }
        const commandGroups = this.groupItems(
          cmd.commands,
          helper.visibleCommands(cmd),
          (sub) => sub.helpGroup() || "Commands:"
        );
        commandGroups.forEach((commands, group) => {
          const commandList = commands.map((sub) => {
            return callFormatItem(
              helper.styleSubcommandTerm(helper.subcommandTerm(sub)),
              helper.styleSubcommandDescription(helper.subcommandDescription(sub))
            );
          });
          output = output.concat(this.formatItemList(group, commandList, helper));
        });
        return output.join("\n");
      }
      /**
       * Return display width of string, ignoring ANSI escape sequences. Used in padding and wrapping calculations.
       *
       * @param {string} str
       * @returns {number}
       */
      displayWidth(str) {
        return stripColor(str).length;
      }
      /**
       * Style the title for displaying in the help. Called with 'Usage:', 'Options:', etc.
       *
       * @param {string} str
       * @returns {string}
       */
      styleTitle(str) {
        return str;
      }
      styleUsage(str) {
        return str.split(" ").map((word) => {
          if (word === "[options]") return this.styleOptionText(word);
          if (word === "[command]") return this.styleSubcommandText(word);
          if (word[0] === "[" || word[0] === "<")
            return this.styleArgumentText(word);
          return this.styleCommandText(word);
        }).join(" ");
      }
      styleCommandDescription(str) {
        return this.styleDescriptionText(str);
      }
      styleOptionDescription(str) {
        return this.styleDescriptionText(str);
      }
      styleSubcommandDescription(str) {
        return this.styleDescriptionText(str);
      }
      styleArgumentDescription(str) {
        return this.styleDescriptionText(str);
      }
      styleDescriptionText(str) {
        return str;
      }
      styleOptionTerm(str) {
        return this.styleOptionText(str);
      }
      styleSubcommandTerm(str) {
        return str.split(" ").map((word) => {
          if (word === "[options]") return this.styleOptionText(word);
          if (word[0] === "[" || word[0] === "<")
            return this.styleArgumentText(word);
          return this.styleSubcommandText(word);
        }).join(" ");
      }
      styleArgumentTerm(str) {
        return this.styleArgumentText(str);
      }
      styleOptionText(str) {
        return str;
      }
      styleArgumentText(str) {
        return str;
      }
      styleSubcommandText(str) {
        return str;
      }
      styleCommandText(str) {
        return str;
      }
      /**
       * Calculate the pad width from the maximum term length.
       *
       * @param {Command} cmd
       * @param {Help} helper
       * @returns {number}
       */
      padWidth(cmd, helper) {
        return Math.max(
          helper.longestOptionTermLength(cmd, helper),
          helper.longestGlobalOptionTermLength(cmd, helper),
          helper.longestSubcommandTermLength(cmd, helper),
          helper.longestArgumentTermLength(cmd, helper)
        );
      }
      /**
       * Detect manually wrapped and indented strings by checking for line break followed by whitespace.
       *
       * @param {string} str
       * @returns {boolean}
       */
      preformatted(str) {
        return /\n[^\S\r\n]/.test(str);
      }
      /**
       * Format the "item", which consists of a term and description. Pad the term and wrap the description, indenting the following lines.
       *
       * So "TTT", 5, "DDD DDDD DD DDD" might be formatted for this.helpWidth=17 like so:
       *   TTT  DDD DDDD
       *        DD DDD
       *
       * @param {string} term
       * @param {number} termWidth
       * @param {string} description
       * @param {Help} helper
       * @returns {string}
       */
      formatItem(term, termWidth, description, helper) {
        const itemIndent = 2;
        const itemIndentStr = " ".repeat(itemIndent);
        if (!description) return itemIndentStr + term;
        const paddedTerm = term.padEnd(
          termWidth + term.length - helper.displayWidth(term)
        );
        const spacerWidth = 2;
        const helpWidth = this.helpWidth ?? 80;
        const remainingWidth = helpWidth - termWidth - spacerWidth - itemIndent;
        let formattedDescription;
        if (remainingWidth < this.minWidthToWrap || helper.preformatted(description)) {
          formattedDescription = description;
        } else {
          const wrappedDescription = helper.boxWrap(description, remainingWidth);
          formattedDescription = wrappedDescription.replace(
            /\n/g,
            "\n" + " ".repeat(termWidth + spacerWidth)
          );
        }
        return itemIndentStr + paddedTerm + " ".repeat(spacerWidth) + formattedDescription.replace(/\n/g, `
${itemIndentStr}`);
      }
      /**
       * Wrap a string at whitespace, preserving existing line breaks.
       * Wrapping is skipped if the width is less than `minWidthToWrap`.
       *
       * @param {string} str
       * @param {number} width
       * @returns {string}
       */
      boxWrap(str, width) {
        if (width < this.minWidthToWrap) return str;
        const rawLines = str.split(/\r\n|\n/);
        const chunkPattern = /[\s]*[^\s]+/g;
        const wrappedLines = [];
        rawLines.forEach((line2) => {
          const chunks = line2.match(chunkPattern);
          if (chunks === null) {
            wrappedLines.push("");
            return;
          }
          let sumChunks = [chunks.shift()];
          let sumWidth = this.displayWidth(sumChunks[0]);
          chunks.forEach((chunk) => {
            const visibleWidth = this.displayWidth(chunk);
            if (sumWidth + visibleWidth <= width) {
              sumChunks.push(chunk);
              sumWidth += visibleWidth;
              return;
            }
            wrappedLines.push(sumChunks.join(""));
            const nextChunk = chunk.trimStart();
            sumChunks = [nextChunk];
            sumWidth = this.displayWidth(nextChunk);
          });
          wrappedLines.push(sumChunks.join(""));
        });
        return wrappedLines.join("\n");
      }
    };
    function stripColor(str) {
      const sgrPattern = /\x1b\[\d*(;\d*)*m/g;
      return str.replace(sgrPattern, "");
    }
    exports.Help = Help2;
    exports.stripColor = stripColor;
  }
});

// node_modules/commander/lib/option.js
var require_option = __commonJS({
  "node_modules/commander/lib/option.js"(exports) {
    var { InvalidArgumentError: InvalidArgumentError2 } = require_error();
    var Option2 = class {
      /**
       * Initialize a new `Option` with the given `flags` and `description`.
       *
       * @param {string} flags
       * @param {string} [description]
       */
      constructor(flags, description) {
        this.flags = flags;
        this.description = description || "";
        this.required = flags.includes("<");
        this.optional = flags.includes("[");
        this.variadic = /\w\.\.\.[>\]]$/.test(flags);
        this.mandatory = false;
        const optionFlags = splitOptionFlags(flags);
        this.short = optionFlags.shortFlag;
        this.long = optionFlags.longFlag;
        this.negate = false;
        if (this.long) {
          this.negate = this.long.startsWith("--no-");
        }
        this.defaultValue = void 0;
        this.defaultValueDescription = void 0;
        this.presetArg = void 0;
        this.envVar = void 0;
        this.parseArg = void 0;
        this.hidden = false;
        this.argChoices = void 0;
        this.conflictsWith = [];
        this.implied = void 0;
        this.helpGroupHeading = void 0;
      }
      /**
       * Set the default value, and optionally supply the description to be displayed in the help.
       *
       * @param {*} value
       * @param {string} [description]
       * @return {Option}
       */
      default(value, description) {
        this.defaultValue = value;
        this.defaultValueDescription = description;
        return this;
      }
      /**
       * Preset to use when option used without option-argument, especially optional but also boolean and negated.
       * The custom processing (parseArg) is called.
       *
       * @example
       * new Option('--color').default('GREYSCALE').preset('RGB');
       * new Option('--donate [amount]').preset('20').argParser(parseFloat);
       *
       * @param {*} arg
       * @return {Option}
       */
      preset(arg) {
        this.presetArg = arg;
        return this;
      }
      /**
       * Add option name(s) that conflict with this option.
       * An error will be displayed if conflicting options are found during parsing.
       *
       * @example
       * new Option('--rgb').conflicts('cmyk');
       * new Option('--js').conflicts(['ts', 'jsx']);
       *
       * @param {(string | string[])} names
       * @return {Option}
       */
      conflicts(names) {
        this.conflictsWith = this.conflictsWith.concat(names);
        return this;
      }
      /**
       * Specify implied option values for when this option is set and the implied options are not.
       *
       * The custom processing (parseArg) is not called on the implied values.
       *
       * @example
       * program
       *   .addOption(new Option('--log', 'write logging information to file'))
       *   .addOption(new Option('--trace', 'log extra details').implies({ log: 'trace.txt' }));
       *
       * @param {object} impliedOptionValues
       * @return {Option}
       */
      implies(impliedOptionValues) {
        let newImplied = impliedOptionValues;
        if (typeof impliedOptionValues === "string") {
          newImplied = { [impliedOptionValues]: true };
        }
        this.implied = Object.assign(this.implied || {}, newImplied);
        return this;
      }
      /**
       * Set environment variable to check for option value.
       *
       * An environment variable is only used if when processed the current option value is
       * undefined, or the source of the current value is 'default' or 'config' or 'env'.
       *
       * @param {string} name
       * @return {Option}
       */
      env(name) {
        this.envVar = name;
        return this;
      }
      /**
       * Set the custom handler for processing CLI option arguments into option values.
       *
       * @param {Function} [fn]
       * @return {Option}
       */
      argParser(fn) {
        this.parseArg = fn;
        return this;
      }
      /**
       * Whether the option is mandatory and must have a value after parsing.
       *
       * @param {boolean} [mandatory=true]
       * @return {Option}
       */
      makeOptionMandatory(mandatory = true) {
        this.mandatory = !!mandatory;
        return this;
      }
      /**
       * Hide option in help.
       *
       * @param {boolean} [hide=true]
       * @return {Option}
       */
      hideHelp(hide = true) {
        this.hidden = !!hide;
        return this;
      }
      /**
       * @package
       */
      _collectValue(value, previous) {
        if (previous === this.defaultValue || !Array.isArray(previous)) {
          return [value];
        }
        previous.push(value);
        return previous;
      }
      /**
       * Only allow option value to be one of choices.
       *
       * @param {string[]} values
       * @return {Option}
       */
      choices(values) {
        this.argChoices = values.slice();
        this.parseArg = (arg, previous) => {
          if (!this.argChoices.includes(arg)) {
            throw new InvalidArgumentError2(
              `Allowed choices are ${this.argChoices.join(", ")}.`
            );
          }
          if (this.variadic) {
            return this._collectValue(arg, previous);
          }
          return arg;
        };
        return this;
      }
      /**
       * Return option name.
       *
       * @return {string}
       */
      name() {
        if (this.long) {
          return this.long.replace(/^--/, "");
        }
        return this.short.replace(/^-/, "");
      }
      /**
       * Return option name, in a camelcase format that can be used
       * as an object attribute key.
       *
       * @return {string}
       */
      attributeName() {
        if (this.negate) {
          return camelcase(this.name().replace(/^no-/, ""));
        }
        return camelcase(this.name());
      }
      /**
       * Set the help group heading.
       *
       * @param {string} heading
       * @return {Option}
       */
      helpGroup(heading2) {
        this.helpGroupHeading = heading2;
        return this;
      }
      /**
       * Check if `arg` matches the short or long flag.
       *
       * @param {string} arg
       * @return {boolean}
       * @package
       */
      is(arg) {
        return this.short === arg || this.long === arg;
      }
      /**
       * Return whether a boolean option.
       *
       * Options are one of boolean, negated, required argument, or optional argument.
       *
       * @return {boolean}
       * @package
       */
      isBoolean() {
        return !this.required && !this.optional && !this.negate;
      }
    };
    var DualOptions = class {
      /**
       * @param {Option[]} options
       */
      constructor(options) {
        this.positiveOptions = /* @__PURE__ */ new Map();
        this.negativeOptions = /* @__PURE__ */ new Map();
        this.dualOptions = /* @__PURE__ */ new Set();
        options.forEach((option) => {
          if (option.negate) {
            this.negativeOptions.set(option.attributeName(), option);
          } else {
            this.positiveOptions.set(option.attributeName(), option);
          }
        });
        this.negativeOptions.forEach((value, key) => {
          if (this.positiveOptions.has(key)) {
            this.dualOptions.add(key);
          }
        });
      }
      /**
       * Did the value come from the option, and not from possible matching dual option?
       *
       * @param {*} value
       * @param {Option} option
       * @returns {boolean}
       */
      valueFromOption(value, option) {
        const optionKey = option.attributeName();
        if (!this.dualOptions.has(optionKey)) return true;
        const preset = this.negativeOptions.get(optionKey).presetArg;
        const negativeValue = preset !== void 0 ? preset : false;
        return option.negate === (negativeValue === value);
      }
    };
    function camelcase(str) {
      return str.split("-").reduce((str2, word) => {
        return str2 + word[0].toUpperCase() + word.slice(1);
      });
    }
    function splitOptionFlags(flags) {
      let shortFlag;
      let longFlag;
      const shortFlagExp = /^-[^-]$/;
      const longFlagExp = /^--[^-]/;
      const flagParts = flags.split(/[ |,]+/).concat("guard");
      if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
      if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
      if (!shortFlag && shortFlagExp.test(flagParts[0]))
        shortFlag = flagParts.shift();
      if (!shortFlag && longFlagExp.test(flagParts[0])) {
        shortFlag = longFlag;
        longFlag = flagParts.shift();
      }
      if (flagParts[0].startsWith("-")) {
        const unsupportedFlag = flagParts[0];
        const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags}'`;
        if (/^-[^-][^-]/.test(unsupportedFlag))
          throw new Error(
            `${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`
          );
        if (shortFlagExp.test(unsupportedFlag))
          throw new Error(`${baseError}
- too many short flags`);
        if (longFlagExp.test(unsupportedFlag))
          throw new Error(`${baseError}
- too many long flags`);
        throw new Error(`${baseError}
- unrecognised flag format`);
      }
      if (shortFlag === void 0 && longFlag === void 0)
        throw new Error(
          `option creation failed due to no flags found in '${flags}'.`
        );
      return { shortFlag, longFlag };
    }
    exports.Option = Option2;
    exports.DualOptions = DualOptions;
  }
});

// node_modules/commander/lib/suggestSimilar.js
var require_suggestSimilar = __commonJS({
  "node_modules/commander/lib/suggestSimilar.js"(exports) {
    var maxDistance = 3;
    function editDistance(a2, b) {
      if (Math.abs(a2.length - b.length) > maxDistance)
        return Math.max(a2.length, b.length);
      const d = [];
      for (let i = 0; i <= a2.length; i++) {
        d[i] = [i];
      }
      for (let j = 0; j <= b.length; j++) {
        d[0][j] = j;
      }
      for (let j = 1; j <= b.length; j++) {
        for (let i = 1; i <= a2.length; i++) {
          let cost = 1;
          if (a2[i - 1] === b[j - 1]) {
            cost = 0;
          } else {
            cost = 1;
          }
          d[i][j] = Math.min(
            d[i - 1][j] + 1,
            // deletion
            d[i][j - 1] + 1,
            // insertion
            d[i - 1][j - 1] + cost
            // substitution
          );
          if (i > 1 && j > 1 && a2[i - 1] === b[j - 2] && a2[i - 2] === b[j - 1]) {
            d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
          }
        }
      }
      return d[a2.length][b.length];
    }
    function suggestSimilar(word, candidates) {
      if (!candidates || candidates.length === 0) return "";
      candidates = Array.from(new Set(candidates));
      const searchingOptions = word.startsWith("--");
      if (searchingOptions) {
        word = word.slice(2);
        candidates = candidates.map((candidate) => candidate.slice(2));
      }
      let similar = [];
      let bestDistance = maxDistance;
      const minSimilarity = 0.4;
      candidates.forEach((candidate) => {
        if (candidate.length <= 1) return;
        const distance = editDistance(word, candidate);
        const length = Math.max(word.length, candidate.length);
        const similarity = (length - distance) / length;
        if (similarity > minSimilarity) {
          if (distance < bestDistance) {
            bestDistance = distance;
            similar = [candidate];
          } else if (distance === bestDistance) {
            similar.push(candidate);
          }
        }
      });
      similar.sort((a2, b) => a2.localeCompare(b));
      if (searchingOptions) {
        similar = similar.map((candidate) => `--${candidate}`);
      }
      if (similar.length > 1) {
        return `
(Did you mean one of ${similar.join(", ")}?)`;
      }
      if (similar.length === 1) {
        return `
(Did you mean ${similar[0]}?)`;
      }
      return "";
    }
    exports.suggestSimilar = suggestSimilar;
  }
});

// node_modules/commander/lib/command.js
var require_command = __commonJS({
  "node_modules/commander/lib/command.js"(exports) {
    var EventEmitter = __require("node:events").EventEmitter;
    var childProcess = __require("node:child_process");
    var path = __require("node:path");
    var fs = __require("node:fs");
    var process2 = __require("node:process");
    var { Argument: Argument2, humanReadableArgName } = require_argument();
    var { CommanderError: CommanderError2 } = require_error();
    var { Help: Help2, stripColor } = require_help();
    var { Option: Option2, DualOptions } = require_option();
    var { suggestSimilar } = require_suggestSimilar();
    var Command2 = class _Command extends EventEmitter {
      /**
       * Initialize a new `Command`.
       *
       * @param {string} [name]
       */
      constructor(name) {
        super();
        this.commands = [];
        this.options = [];
        this.parent = null;
        this._allowUnknownOption = false;
        this._allowExcessArguments = false;
        this.registeredArguments = [];
        this._args = this.registeredArguments;
        this.args = [];
        this.rawArgs = [];
        this.processedArgs = [];
        this._scriptPath = null;
        this._name = name || "";
        this._optionValues = {};
        this._optionValueSources = {};
        this._storeOptionsAsProperties = false;
        this._actionHandler = null;
        this._executableHandler = false;
        this._executableFile = null;
        this._executableDir = null;
        this._defaultCommandName = null;
        this._exitCallback = null;
        this._aliases = [];
        this._combineFlagAndOptionalValue = true;
        this._description = "";
        this._summary = "";
        this._argsDescription = void 0;
        this._enablePositionalOptions = false;
        this._passThroughOptions = false;
        this._lifeCycleHooks = {};
        this._showHelpAfterError = false;
        this._showSuggestionAfterError = true;
        this._savedState = null;
        this._outputConfiguration = {
          writeOut: (str) => process2.stdout.write(str),
          writeErr: (str) => process2.stderr.write(str),
          outputError: (str, write) => write(str),
          getOutHelpWidth: () => process2.stdout.isTTY ? process2.stdout.columns : void 0,
          getErrHelpWidth: () => process2.stderr.isTTY ? process2.stderr.columns : void 0,
          getOutHasColors: () => useColor() ?? (process2.stdout.isTTY && process2.stdout.hasColors?.()),
          getErrHasColors: () => useColor() ?? (process2.stderr.isTTY && process2.stderr.hasColors?.()),
          stripColor: (str) => stripColor(str)
        };
        this._hidden = false;
        this._helpOption = void 0;
        this._addImplicitHelpCommand = void 0;
        this._helpCommand = void 0;
        this._helpConfiguration = {};
        this._helpGroupHeading = void 0;
        this._defaultCommandGroup = void 0;
        this._defaultOptionGroup = void 0;
      }
      /**
       * Copy settings that are useful to have in common across root command and subcommands.
       *
       * (Used internally when adding a command using `.command()` so subcommands inherit parent settings.)
       *
       * @param {Command} sourceCommand
       * @return {Command} `this` command for chaining
       */
      copyInheritedSettings(sourceCommand) {
        this._outputConfiguration = sourceCommand._outputConfiguration;
        this._helpOption = sourceCommand._helpOption;
        this._helpCommand = sourceCommand._helpCommand;
        this._helpConfiguration = sourceCommand._helpConfiguration;
        this._exitCallback = sourceCommand._exitCallback;
        this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
        this._combineFlagAndOptionalValue = sourceCommand._combineFlagAndOptionalValue;
        this._allowExcessArguments = sourceCommand._allowExcessArguments;
        this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
        this._showHelpAfterError = sourceCommand._showHelpAfterError;
        this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;
        return this;
      }
      /**
       * @returns {Command[]}
       * @private
       */
      _getCommandAndAncestors() {
        const result = [];
        for (let command = this; command; command = command.parent) {
          result.push(command);
        }
        return result;
      }
      /**
       * Define a command.
       *
       * There are two styles of command: pay attention to where to put the description.
       *
       * @example
       * // Command implemented using action handler (description is supplied separately to `.command`)
       * program
       *   .command('clone <source> [destination]')
       *   .description('clone a repository into a newly created directory')
       *   .action((source, destination) => {
       *     console.log('clone command called');
       *   });
       *
       * // Command implemented using separate executable file (description is second parameter to `.command`)
       * program
       *   .command('start <service>', 'start named service')
       *   .command('stop [service]', 'stop named service, or all if no name supplied');
       *
       * @param {string} nameAndArgs - command name and arguments, args are `<required>` or `[optional]` and last may also be `variadic...`
       * @param {(object | string)} [actionOptsOrExecDesc] - configuration options (for action), or description (for executable)
       * @param {object} [execOpts] - configuration options (for executable)
       * @return {Command} returns new command for action handler, or `this` for executable command
       */
      command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
        let desc = actionOptsOrExecDesc;
        let opts = execOpts;
        if (typeof desc === "object" && desc !== null) {
          opts = desc;
          desc = null;
        }
        opts = opts || {};
        const [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/);
        const cmd = this.createCommand(name);
        if (desc) {
          cmd.description(desc);
          cmd._executableHandler = true;
        }
        if (opts.isDefault) this._defaultCommandName = cmd._name;
        cmd._hidden = !!(opts.noHelp || opts.hidden);
        cmd._executableFile = opts.executableFile || null;
        if (args) cmd.arguments(args);
        this._registerCommand(cmd);
        cmd.parent = this;
        cmd.copyInheritedSettings(this);
        if (desc) return this;
        return cmd;
      }
      /**
       * Factory routine to create a new unattached command.
       *
       * See .command() for creating an attached subcommand, which uses this routine to
       * create the command. You can override createCommand to customise subcommands.
       *
       * @param {string} [name]
       * @return {Command} new command
       */
      createCommand(name) {
        return new _Command(name);
      }
      /**
       * You can customise the help with a subclass of Help by overriding createHelp,
       * or by overriding Help properties using configureHelp().
       *
       * @return {Help}
       */
      createHelp() {
        return Object.assign(new Help2(), this.configureHelp());
      }
      /**
       * You can customise the help by overriding Help properties using configureHelp(),
       * or with a subclass of Help by overriding createHelp().
       *
       * @param {object} [configuration] - configuration options
       * @return {(Command | object)} `this` command for chaining, or stored configuration
       */
      configureHelp(configuration) {
        if (configuration === void 0) return this._helpConfiguration;
        this._helpConfiguration = configuration;
        return this;
      }
      /**
       * The default output goes to stdout and stderr. You can customise this for special
       * applications. You can also customise the display of errors by overriding outputError.
       *
       * The configuration properties are all functions:
       *
       *     // change how output being written, defaults to stdout and stderr
       *     writeOut(str)
       *     writeErr(str)
       *     // change how output being written for errors, defaults to writeErr
       *     outputError(str, write) // used for displaying errors and not used for displaying help
       *     // specify width for wrapping help
       *     getOutHelpWidth()
       *     getErrHelpWidth()
       *     // color support, currently only used with Help
       *     getOutHasColors()
       *     getErrHasColors()
       *     stripColor() // used to remove ANSI escape codes if output does not have colors
       *
       * @param {object} [configuration] - configuration options
       * @return {(Command | object)} `this` command for chaining, or stored configuration
       */
      configureOutput(configuration) {
        if (configuration === void 0) return this._outputConfiguration;
        this._outputConfiguration = {
          ...this._outputConfiguration,
          ...configuration
        };
        return this;
      }
      /**
       * Display the help or a custom message after an error occurs.
       *
       * @param {(boolean|string)} [displayHelp]
       * @return {Command} `this` command for chaining
       */
      showHelpAfterError(displayHelp = true) {
        if (typeof displayHelp !== "string") displayHelp = !!displayHelp;
        this._showHelpAfterError = displayHelp;
        return this;
      }
      /**
       * Display suggestion of similar commands for unknown commands, or options for unknown options.
       *
       * @param {boolean} [displaySuggestion]
       * @return {Command} `this` command for chaining
       */
      showSuggestionAfterError(displaySuggestion = true) {
        this._showSuggestionAfterError = !!displaySuggestion;
        return this;
      }
      /**
       * Add a prepared subcommand.
       *
       * See .command() for creating an attached subcommand which inherits settings from its parent.
       *
       * @param {Command} cmd - new subcommand
       * @param {object} [opts] - configuration options
       * @return {Command} `this` command for chaining
       */
      addCommand(cmd, opts) {
        if (!cmd._name) {
          throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
        }
        opts = opts || {};
        if (opts.isDefault) this._defaultCommandName = cmd._name;
        if (opts.noHelp || opts.hidden) cmd._hidden = true;
        this._registerCommand(cmd);
        cmd.parent = this;
        cmd._checkForBrokenPassThrough();
        return this;
      }
      /**
       * Factory routine to create a new unattached argument.
       *
       * See .argument() for creating an attached argument, which uses this routine to
       * create the argument. You can override createArgument to return a custom argument.
       *
       * @param {string} name
       * @param {string} [description]
       * @return {Argument} new argument
       */
      createArgument(name, description) {
        return new Argument2(name, description);
      }
      /**
       * Define argument syntax for command.
       *
       * The default is that the argument is required, and you can explicitly
       * indicate this with <> around the name. Put [] around the name for an optional argument.
       *
       * @example
       * program.argument('<input-file>');
       * program.argument('[output-file]');
       *
       * @param {string} name
       * @param {string} [description]
       * @param {(Function|*)} [parseArg] - custom argument processing function or default value
       * @param {*} [defaultValue]
       * @return {Command} `this` command for chaining
       */
      argument(name, description, parseArg, defaultValue) {
        const argument = this.createArgument(name, description);
        if (typeof parseArg === "function") {
          argument.default(defaultValue).argParser(parseArg);
        } else {
          argument.default(parseArg);
        }
        this.addArgument(argument);
        return this;
      }
      /**
       * Define argument syntax for command, adding multiple at once (without descriptions).
       *
       * See also .argument().
       *
       * @example
       * program.arguments('<cmd> [env]');
       *
       * @param {string} names
       * @return {Command} `this` command for chaining
       */
      arguments(names) {
        names.trim().split(/ +/).forEach((detail) => {
          this.argument(detail);
        });
        return this;
      }
      /**
       * Define argument syntax for command, adding a prepared argument.
       *
       * @param {Argument} argument
       * @return {Command} `this` command for chaining
       */
      addArgument(argument) {
        const previousArgument = this.registeredArguments.slice(-1)[0];
        if (previousArgument?.variadic) {
          throw new Error(
            `only the last argument can be variadic '${previousArgument.name()}'`
          );
        }
        if (argument.required && argument.defaultValue !== void 0 && argument.parseArg === void 0) {
          throw new Error(
            `a default value for a required argument is never used: '${argument.name()}'`
          );
        }
        this.registeredArguments.push(argument);
        return this;
      }
      /**
       * Customise or override default help command. By default a help command is automatically added if your command has subcommands.
       *
       * @example
       *    program.helpCommand('help [cmd]');
       *    program.helpCommand('help [cmd]', 'show help');
       *    program.helpCommand(false); // suppress default help command
       *    program.helpCommand(true); // add help command even if no subcommands
       *
       * @param {string|boolean} enableOrNameAndArgs - enable with custom name and/or arguments, or boolean to override whether added
       * @param {string} [description] - custom description
       * @return {Command} `this` command for chaining
       */
      helpCommand(enableOrNameAndArgs, description) {
        if (typeof enableOrNameAndArgs === "boolean") {
          this._addImplicitHelpCommand = enableOrNameAndArgs;
          if (enableOrNameAndArgs && this._defaultCommandGroup) {
            this._initCommandGroup(this._getHelpCommand());
          }
          return this;
        }
        const nameAndArgs = enableOrNameAndArgs ?? "help [command]";
        const [, helpName, helpArgs] = nameAndArgs.match(/([^ ]+) *(.*)/);
        const helpDescription = description ?? "display help for command";
        const helpCommand = this.createCommand(helpName);
        helpCommand.helpOption(false);
        if (helpArgs) helpCommand.arguments(helpArgs);
        if (helpDescription) helpCommand.description(helpDescription);
        this._addImplicitHelpCommand = true;
        this._helpCommand = helpCommand;
        if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);
        return this;
      }
      /**
       * Add prepared custom help command.
       *
       * @param {(Command|string|boolean)} helpCommand - custom help command, or deprecated enableOrNameAndArgs as for `.helpCommand()`
       * @param {string} [deprecatedDescription] - deprecated custom description used with custom name only
       * @return {Command} `this` command for chaining
       */
      addHelpCommand(helpCommand, deprecatedDescription) {
        if (typeof helpCommand !== "object") {
          this.helpCommand(helpCommand, deprecatedDescription);
          return this;
        }
        this._addImplicitHelpCommand = true;
        this._helpCommand = helpCommand;
        this._initCommandGroup(helpCommand);
        return this;
      }
      /**
       * Lazy create help command.
       *
       * @return {(Command|null)}
       * @package
       */
      _getHelpCommand() {
        const hasImplicitHelpCommand = this._addImplicitHelpCommand ?? (this.commands.length && !this._actionHandler && !this._findCommand("help"));
        if (hasImplicitHelpCommand) {
          if (this._helpCommand === void 0) {
            this.helpCommand(void 0, void 0);
          }
          return this._helpCommand;
        }
        return null;
      }
      /**
       * Add hook for life cycle event.
       *
       * @param {string} event
       * @param {Function} listener
       * @return {Command} `this` command for chaining
       */
      hook(event, listener) {
        const allowedValues = ["preSubcommand", "preAction", "postAction"];
        if (!allowedValues.includes(event)) {
          throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
        }
        if (this._lifeCycleHooks[event]) {
          this._lifeCycleHooks[event].push(listener);
        } else {
          this._lifeCycleHooks[event] = [listener];
        }
        return this;
      }
      /**
       * Register callback to use as replacement for calling process.exit.
       *
       * @param {Function} [fn] optional callback which will be passed a CommanderError, defaults to throwing
       * @return {Command} `this` command for chaining
       */
      exitOverride(fn) {
        if (fn) {
          this._exitCallback = fn;
        } else {
          this._exitCallback = (err) => {
            if (err.code !== "commander.executeSubCommandAsync") {
              throw err;
            } else {
            }
          };
        }
        return this;
      }
      /**
       * Call process.exit, and _exitCallback if defined.
       *
       * @param {number} exitCode exit code for using with process.exit
       * @param {string} code an id string representing the error
       * @param {string} message human-readable description of the error
       * @return never
       * @private
       */
      _exit(exitCode, code, message) {
        if (this._exitCallback) {
          this._exitCallback(new CommanderError2(exitCode, code, message));
        }
        process2.exit(exitCode);
      }
      /**
       * Register callback `fn` for the command.
       *
       * @example
       * program
       *   .command('serve')
       *   .description('start service')
       *   .action(function() {
       *      // do work here
       *   });
       *
       * @param {Function} fn
       * @return {Command} `this` command for chaining
       */
      action(fn) {
        const listener = (args) => {
          const expectedArgsCount = this.registeredArguments.length;
          const actionArgs = args.slice(0, expectedArgsCount);
          if (this._storeOptionsAsProperties) {
            actionArgs[expectedArgsCount] = this;
          } else {
            actionArgs[expectedArgsCount] = this.opts();
          }
          actionArgs.push(this);
          return fn.apply(this, actionArgs);
        };
        this._actionHandler = listener;
        return this;
      }
      /**
       * Factory routine to create a new unattached option.
       *
       * See .option() for creating an attached option, which uses this routine to
       * create the option. You can override createOption to return a custom option.
       *
       * @param {string} flags
       * @param {string} [description]
       * @return {Option} new option
       */
      createOption(flags, description) {
        return new Option2(flags, description);
      }
      /**
       * Wrap parseArgs to catch 'commander.invalidArgument'.
       *
       * @param {(Option | Argument)} target
       * @param {string} value
       * @param {*} previous
       * @param {string} invalidArgumentMessage
       * @private
       */
      _callParseArg(target, value, previous, invalidArgumentMessage) {
        try {
          return target.parseArg(value, previous);
        } catch (err) {
          if (err.code === "commander.invalidArgument") {
            const message = `${invalidArgumentMessage} ${err.message}`;
            this.error(message, { exitCode: err.exitCode, code: err.code });
          }
          throw err;
        }
      }
      /**
       * Check for option flag conflicts.
       * Register option if no conflicts found, or throw on conflict.
       *
       * @param {Option} option
       * @private
       */
      _registerOption(option) {
        const matchingOption = option.short && this._findOption(option.short) || option.long && this._findOption(option.long);
        if (matchingOption) {
          const matchingFlag = option.long && this._findOption(option.long) ? option.long : option.short;
          throw new Error(`Cannot add option '${option.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
        }
        this._initOptionGroup(option);
        this.options.push(option);
      }
      /**
       * Check for command name and alias conflicts with existing commands.
       * Register command if no conflicts found, or throw on conflict.
       *
       * @param {Command} command
       * @private
       */
      _registerCommand(command) {
        const knownBy = (cmd) => {
          return [cmd.name()].concat(cmd.aliases());
        };
        const alreadyUsed = knownBy(command).find(
          (name) => this._findCommand(name)
        );
        if (alreadyUsed) {
          const existingCmd = knownBy(this._findCommand(alreadyUsed)).join("|");
          const newCmd = knownBy(command).join("|");
          throw new Error(
            `cannot add command '${newCmd}' as already have command '${existingCmd}'`
          );
        }
        this._initCommandGroup(command);
        this.commands.push(command);
      }
      /**
       * Add an option.
       *
       * @param {Option} option
       * @return {Command} `this` command for chaining
       */
      addOption(option) {
        this._registerOption(option);
        const oname = option.name();
        const name = option.attributeName();
        if (option.negate) {
          const positiveLongFlag = option.long.replace(/^--no-/, "--");
          if (!this._findOption(positiveLongFlag)) {
            this.setOptionValueWithSource(
              name,
              option.defaultValue === void 0 ? true : option.defaultValue,
              "default"
            );
          }
        } else if (option.defaultValue !== void 0) {
          this.setOptionValueWithSource(name, option.defaultValue, "default");
        }
        const handleOptionValue = (val, invalidValueMessage, valueSource) => {
          if (val == null && option.presetArg !== void 0) {
            val = option.presetArg;
          }
          const oldValue = this.getOptionValue(name);
          if (val !== null && option.parseArg) {
            val = this._callParseArg(option, val, oldValue, invalidValueMessage);
          } else if (val !== null && option.variadic) {
            val = option._collectValue(val, oldValue);
          }
          if (val == null) {
            if (option.negate) {
              val = false;
            } else if (option.isBoolean() || option.optional) {
              val = true;
            } else {
              val = "";
            }
          }
          this.setOptionValueWithSource(name, val, valueSource);
        };
        this.on("option:" + oname, (val) => {
          const invalidValueMessage = `error: option '${option.flags}' argument '${val}' is invalid.`;
          handleOptionValue(val, invalidValueMessage, "cli");
        });
        if (option.envVar) {
          this.on("optionEnv:" + oname, (val) => {
            const invalidValueMessage = `error: option '${option.flags}' value '${val}' from env '${option.envVar}' is invalid.`;
            handleOptionValue(val, invalidValueMessage, "env");
          });
        }
        return this;
      }
      /**
       * Internal implementation shared by .option() and .requiredOption()
       *
       * @return {Command} `this` command for chaining
       * @private
       */
      _optionEx(config, flags, description, fn, defaultValue) {
        if (typeof flags === "object" && flags instanceof Option2) {
          throw new Error(
            "To add an Option object use addOption() instead of option() or requiredOption()"
          );
        }
        const option = this.createOption(flags, description);
        option.makeOptionMandatory(!!config.mandatory);
        if (typeof fn === "function") {
          option.default(defaultValue).argParser(fn);
        } else if (fn instanceof RegExp) {
          const regex = fn;
          fn = (val, def) => {
            const m = regex.exec(val);
            return m ? m[0] : def;
          };
          option.default(defaultValue).argParser(fn);
        } else {
          option.default(fn);
        }
        return this.addOption(option);
      }
      /**
       * Define option with `flags`, `description`, and optional argument parsing function or `defaultValue` or both.
       *
       * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space. A required
       * option-argument is indicated by `<>` and an optional option-argument by `[]`.
       *
       * See the README for more details, and see also addOption() and requiredOption().
       *
       * @example
       * program
       *     .option('-p, --pepper', 'add pepper')
       *     .option('--pt, --pizza-type <TYPE>', 'type of pizza') // required option-argument
       *     .option('-c, --cheese [CHEESE]', 'add extra cheese', 'mozzarella') // optional option-argument with default
       *     .option('-t, --tip <VALUE>', 'add tip to purchase cost', parseFloat) // custom parse function
       *
       * @param {string} flags
       * @param {string} [description]
       * @param {(Function|*)} [parseArg] - custom option processing function or default value
       * @param {*} [defaultValue]
       * @return {Command} `this` command for chaining
       */
      option(flags, description, parseArg, defaultValue) {
        return this._optionEx({}, flags, description, parseArg, defaultValue);
      }
      /**
       * Add a required option which must have a value after parsing. This usually means
       * the option must be specified on the command line. (Otherwise the same as .option().)
       *
       * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space.
       *
       * @param {string} flags
       * @param {string} [description]
       * @param {(Function|*)} [parseArg] - custom option processing function or default value
       * @param {*} [defaultValue]
       * @return {Command} `this` command for chaining
       */
      requiredOption(flags, description, parseArg, defaultValue) {
        return this._optionEx(
          { mandatory: true },
          flags,
          description,
          parseArg,
          defaultValue
        );
      }
      /**
       * Alter parsing of short flags with optional values.
       *
       * @example
       * // for `.option('-f,--flag [value]'):
       * program.combineFlagAndOptionalValue(true);  // `-f80` is treated like `--flag=80`, this is the default behaviour
       * program.combineFlagAndOptionalValue(false) // `-fb` is treated like `-f -b`
       *
       * @param {boolean} [combine] - if `true` or omitted, an optional value can be specified directly after the flag.
       * @return {Command} `this` command for chaining
       */
      combineFlagAndOptionalValue(combine = true) {
        this._combineFlagAndOptionalValue = !!combine;
        return this;
      }
      /**
       * Allow unknown options on the command line.
       *
       * @param {boolean} [allowUnknown] - if `true` or omitted, no error will be thrown for unknown options.
       * @return {Command} `this` command for chaining
       */
      allowUnknownOption(allowUnknown = true) {
        this._allowUnknownOption = !!allowUnknown;
        return this;
      }
      /**
       * Allow excess command-arguments on the command line. Pass false to make excess arguments an error.
       *
       * @param {boolean} [allowExcess] - if `true` or omitted, no error will be thrown for excess arguments.
       * @return {Command} `this` command for chaining
       */
      allowExcessArguments(allowExcess = true) {
        this._allowExcessArguments = !!allowExcess;
        return this;
      }
      /**
       * Enable positional options. Positional means global options are specified before subcommands which lets
       * subcommands reuse the same option names, and also enables subcommands to turn on passThroughOptions.
       * The default behaviour is non-positional and global options may appear anywhere on the command line.
       *
       * @param {boolean} [positional]
       * @return {Command} `this` command for chaining
       */
      enablePositionalOptions(positional = true) {
        this._enablePositionalOptions = !!positional;
        return this;
      }
      /**
       * Pass through options that come after command-arguments rather than treat them as command-options,
       * so actual command-options come before command-arguments. Turning this on for a subcommand requires
       * positional options to have been enabled on the program (parent commands).
       * The default behaviour is non-positional and options may appear before or after command-arguments.
       *
       * @param {boolean} [passThrough] for unknown options.
       * @return {Command} `this` command for chaining
       */
      passThroughOptions(passThrough = true) {
        this._passThroughOptions = !!passThrough;
        this._checkForBrokenPassThrough();
        return this;
      }
      /**
       * @private
       */
      _checkForBrokenPassThrough() {
        if (this.parent && this._passThroughOptions && !this.parent._enablePositionalOptions) {
          throw new Error(
            `passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`
          );
        }
      }
      /**
       * Whether to store option values as properties on command object,
       * or store separately (specify false). In both cases the option values can be accessed using .opts().
       *
       * @param {boolean} [storeAsProperties=true]
       * @return {Command} `this` command for chaining
       */
      storeOptionsAsProperties(storeAsProperties = true) {
        if (this.options.length) {
          throw new Error("call .storeOptionsAsProperties() before adding options");
        }
        if (Object.keys(this._optionValues).length) {
          throw new Error(
            "call .storeOptionsAsProperties() before setting option values"
          );
        }
        this._storeOptionsAsProperties = !!storeAsProperties;
        return this;
      }
      /**
       * Retrieve option value.
       *
       * @param {string} key
       * @return {object} value
       */
      getOptionValue(key) {
        if (this._storeOptionsAsProperties) {
          return this[key];
        }
        return this._optionValues[key];
      }
      /**
       * Store option value.
       *
       * @param {string} key
       * @param {object} value
       * @return {Command} `this` command for chaining
       */
      setOptionValue(key, value) {
        return this.setOptionValueWithSource(key, value, void 0);
      }
      /**
       * Store option value and where the value came from.
       *
       * @param {string} key
       * @param {object} value
       * @param {string} source - expected values are default/config/env/cli/implied
       * @return {Command} `this` command for chaining
       */
      setOptionValueWithSource(key, value, source) {
        if (this._storeOptionsAsProperties) {
          this[key] = value;
        } else {
          this._optionValues[key] = value;
        }
        this._optionValueSources[key] = source;
        return this;
      }
      /**
       * Get source of option value.
       * Expected values are default | config | env | cli | implied
       *
       * @param {string} key
       * @return {string}
       */
      getOptionValueSource(key) {
        return this._optionValueSources[key];
      }
      /**
       * Get source of option value. See also .optsWithGlobals().
       * Expected values are default | config | env | cli | implied
       *
       * @param {string} key
       * @return {string}
       */
      getOptionValueSourceWithGlobals(key) {
        let source;
        this._getCommandAndAncestors().forEach((cmd) => {
          if (cmd.getOptionValueSource(key) !== void 0) {
            source = cmd.getOptionValueSource(key);
          }
        });
        return source;
      }
      /**
       * Get user arguments from implied or explicit arguments.
       * Side-effects: set _scriptPath if args included script. Used for default program name, and subcommand searches.
       *
       * @private
       */
      _prepareUserArgs(argv, parseOptions) {
        if (argv !== void 0 && !Array.isArray(argv)) {
          throw new Error("first parameter to parse must be array or undefined");
        }
        parseOptions = parseOptions || {};
        if (argv === void 0 && parseOptions.from === void 0) {
          if (process2.versions?.electron) {
            parseOptions.from = "electron";
          }
          const execArgv = process2.execArgv ?? [];
          if (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) {
            parseOptions.from = "eval";
          }
        }
        if (argv === void 0) {
          argv = process2.argv;
        }
        this.rawArgs = argv.slice();
        let userArgs;
        switch (parseOptions.from) {
          case void 0:
          case "node":
            this._scriptPath = argv[1];
            userArgs = argv.slice(2);
            break;
          case "electron":
            if (process2.defaultApp) {
              this._scriptPath = argv[1];
              userArgs = argv.slice(2);
            } else {
              userArgs = argv.slice(1);
            }
            break;
          case "user":
            userArgs = argv.slice(0);
            break;
          case "eval":
            userArgs = argv.slice(1);
            break;
          default:
            throw new Error(
              `unexpected parse option { from: '${parseOptions.from}' }`
            );
        }
        if (!this._name && this._scriptPath)
          this.nameFromFilename(this._scriptPath);
        this._name = this._name || "program";
        return userArgs;
      }
      /**
       * Parse `argv`, setting options and invoking commands when defined.
       *
       * Use parseAsync instead of parse if any of your action handlers are async.
       *
       * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
       *
       * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
       * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
       * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
       * - `'user'`: just user arguments
       *
       * @example
       * program.parse(); // parse process.argv and auto-detect electron and special node flags
       * program.parse(process.argv); // assume argv[0] is app and argv[1] is script
       * program.parse(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
       *
       * @param {string[]} [argv] - optional, defaults to process.argv
       * @param {object} [parseOptions] - optionally specify style of options with from: node/user/electron
       * @param {string} [parseOptions.from] - where the args are from: 'node', 'user', 'electron'
       * @return {Command} `this` command for chaining
       */
      parse(argv, parseOptions) {
        this._prepareForParse();
        const userArgs = this._prepareUserArgs(argv, parseOptions);
        this._parseCommand([], userArgs);
        return this;
      }
      /**
       * Parse `argv`, setting options and invoking commands when defined.
       *
       * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
       *
       * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
       * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
       * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
       * - `'user'`: just user arguments
       *
       * @example
       * await program.parseAsync(); // parse process.argv and auto-detect electron and special node flags
       * await program.parseAsync(process.argv); // assume argv[0] is app and argv[1] is script
       * await program.parseAsync(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
       *
       * @param {string[]} [argv]
       * @param {object} [parseOptions]
       * @param {string} parseOptions.from - where the args are from: 'node', 'user', 'electron'
       * @return {Promise}
       */
      async parseAsync(argv, parseOptions) {
        this._prepareForParse();
        const userArgs = this._prepareUserArgs(argv, parseOptions);
        await this._parseCommand([], userArgs);
        return this;
      }
      _prepareForParse() {
        if (this._savedState === null) {
          this.saveStateBeforeParse();
        } else {
          this.restoreStateBeforeParse();
        }
      }
      /**
       * Called the first time parse is called to save state and allow a restore before subsequent calls to parse.
       * Not usually called directly, but available for subclasses to save their custom state.
       *
       * This is called in a lazy way. Only commands used in parsing chain will have state saved.
       */
      saveStateBeforeParse() {
        this._savedState = {
          // name is stable if supplied by author, but may be unspecified for root command and deduced during parsing
          _name: this._name,
          // option values before parse have default values (including false for negated options)
          // shallow clones
          _optionValues: { ...this._optionValues },
          _optionValueSources: { ...this._optionValueSources }
        };
      }
      /**
       * Restore state before parse for calls after the first.
       * Not usually called directly, but available for subclasses to save their custom state.
       *
       * This is called in a lazy way. Only commands used in parsing chain will have state restored.
       */
      restoreStateBeforeParse() {
        if (this._storeOptionsAsProperties)
          throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);
        this._name = this._savedState._name;
        this._scriptPath = null;
        this.rawArgs = [];
        this._optionValues = { ...this._savedState._optionValues };
        this._optionValueSources = { ...this._savedState._optionValueSources };
        this.args = [];
        this.processedArgs = [];
      }
      /**
       * Throw if expected executable is missing. Add lots of help for author.
       *
       * @param {string} executableFile
       * @param {string} executableDir
       * @param {string} subcommandName
       */
      _checkForMissingExecutable(executableFile, executableDir, subcommandName) {
        if (fs.existsSync(executableFile)) return;
        const executableDirMessage = executableDir ? `searched for local subcommand relative to directory '${executableDir}'` : "no directory for search for local subcommand, use .executableDir() to supply a custom directory";
        const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDirMessage}`;
        throw new Error(executableMissing);
      }
      /**
       * Execute a sub-command executable.
       *
       * @private
       */
      _executeSubCommand(subcommand, args) {
        args = args.slice();
        let launchWithNode = false;
        const sourceExt = [".js", ".ts", ".tsx", ".mjs", ".cjs"];
        function findFile(baseDir, baseName) {
          const localBin = path.resolve(baseDir, baseName);
          if (fs.existsSync(localBin)) return localBin;
          if (sourceExt.includes(path.extname(baseName))) return void 0;
          const foundExt = sourceExt.find(
            (ext) => fs.existsSync(`${localBin}${ext}`)
          );
          if (foundExt) return `${localBin}${foundExt}`;
          return void 0;
        }
        this._checkForMissingMandatoryOptions();
        this._checkForConflictingOptions();
        let executableFile = subcommand._executableFile || `${this._name}-${subcommand._name}`;
        let executableDir = this._executableDir || "";
        if (this._scriptPath) {
          let resolvedScriptPath;
          try {
            resolvedScriptPath = fs.realpathSync(this._scriptPath);
          } catch {
            resolvedScriptPath = this._scriptPath;
          }
          executableDir = path.resolve(
            path.dirname(resolvedScriptPath),
            executableDir
          );
        }
        if (executableDir) {
          let localFile = findFile(executableDir, executableFile);
          if (!localFile && !subcommand._executableFile && this._scriptPath) {
            const legacyName = path.basename(
              this._scriptPath,
              path.extname(this._scriptPath)
            );
            if (legacyName !== this._name) {
              localFile = findFile(
                executableDir,
                `${legacyName}-${subcommand._name}`
              );
            }
          }
          executableFile = localFile || executableFile;
        }
        launchWithNode = sourceExt.includes(path.extname(executableFile));
        let proc;
        if (process2.platform !== "win32") {
          if (launchWithNode) {
            args.unshift(executableFile);
            args = incrementNodeInspectorPort(process2.execArgv).concat(args);
            proc = childProcess.spawn(process2.argv[0], args, { stdio: "inherit" });
          } else {
            proc = childProcess.spawn(executableFile, args, { stdio: "inherit" });
          }
        } else {
          this._checkForMissingExecutable(
            executableFile,
            executableDir,
            subcommand._name
          );
          args.unshift(executableFile);
          args = incrementNodeInspectorPort(process2.execArgv).concat(args);
          proc = childProcess.spawn(process2.execPath, args, { stdio: "inherit" });
        }
        if (!proc.killed) {
          const signals = ["SIGUSR1", "SIGUSR2", "SIGTERM", "SIGINT", "SIGHUP"];
          signals.forEach((signal) => {
            process2.on(signal, () => {
              if (proc.killed === false && proc.exitCode === null) {
                proc.kill(signal);
              }
            });
          });
        }
        const exitCallback = this._exitCallback;
        proc.on("close", (code) => {
          code = code ?? 1;
          if (!exitCallback) {
            process2.exit(code);
          } else {
            exitCallback(
              new CommanderError2(
                code,
                "commander.executeSubCommandAsync",
                "(close)"
              )
            );
          }
        });
        proc.on("error", (err) => {
          if (err.code === "ENOENT") {
            this._checkForMissingExecutable(
              executableFile,
              executableDir,
              subcommand._name
            );
          } else if (err.code === "EACCES") {
            throw new Error(`'${executableFile}' not executable`);
          }
          if (!exitCallback) {
            process2.exit(1);
          } else {
            const wrappedError = new CommanderError2(
              1,
              "commander.executeSubCommandAsync",
              "(error)"
            );
            wrappedError.nestedError = err;
            exitCallback(wrappedError);
          }
        });
        this.runningCommand = proc;
      }
      /**
       * @private
       */
      _dispatchSubcommand(commandName, operands, unknown) {
        const subCommand = this._findCommand(commandName);
        if (!subCommand) this.help({ error: true });
        subCommand._prepareForParse();
        let promiseChain;
        promiseChain = this._chainOrCallSubCommandHook(
          promiseChain,
          subCommand,
          "preSubcommand"
        );
        promiseChain = this._chainOrCall(promiseChain, () => {
          if (subCommand._executableHandler) {
            this._executeSubCommand(subCommand, operands.concat(unknown));
          } else {
            return subCommand._parseCommand(operands, unknown);
          }
        });
        return promiseChain;
      }
      /**
       * Invoke help directly if possible, or dispatch if necessary.
       * e.g. help foo
       *
       * @private
       */
      _dispatchHelpCommand(subcommandName) {
        if (!subcommandName) {
          this.help();
        }
        const subCommand = this._findCommand(subcommandName);
        if (subCommand && !subCommand._executableHandler) {
          subCommand.help();
        }
        return this._dispatchSubcommand(
          subcommandName,
          [],
          [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? "--help"]
        );
      }
      /**
       * Check this.args against expected this.registeredArguments.
       *
       * @private
       */
      _checkNumberOfArguments() {
        this.registeredArguments.forEach((arg, i) => {
          if (arg.required && this.args[i] == null) {
            this.missingArgument(arg.name());
          }
        });
        if (this.registeredArguments.length > 0 && this.registeredArguments[this.registeredArguments.length - 1].variadic) {
          return;
        }
        if (this.args.length > this.registeredArguments.length) {
          this._excessArguments(this.args);
        }
      }
      /**
       * Process this.args using this.registeredArguments and save as this.processedArgs!
       *
       * @private
       */
      _processArguments() {
        const myParseArg = (argument, value, previous) => {
          let parsedValue = value;
          if (value !== null && argument.parseArg) {
            const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
            parsedValue = this._callParseArg(
              argument,
              value,
              previous,
              invalidValueMessage
            );
          }
          return parsedValue;
        };
        this._checkNumberOfArguments();
        const processedArgs = [];
        this.registeredArguments.forEach((declaredArg, index) => {
          let value = declaredArg.defaultValue;
          if (declaredArg.variadic) {
            if (index < this.args.length) {
              value = this.args.slice(index);
              if (declaredArg.parseArg) {
                value = value.reduce((processed, v) => {
                  return myParseArg(declaredArg, v, processed);
                }, declaredArg.defaultValue);
              }
            } else if (value === void 0) {
              value = [];
            }
          } else if (index < this.args.length) {
            value = this.args[index];
            if (declaredArg.parseArg) {
              value = myParseArg(declaredArg, value, declaredArg.defaultValue);
            }
          }
          processedArgs[index] = value;
        });
        this.processedArgs = processedArgs;
      }
      /**
       * Once we have a promise we chain, but call synchronously until then.
       *
       * @param {(Promise|undefined)} promise
       * @param {Function} fn
       * @return {(Promise|undefined)}
       * @private
       */
      _chainOrCall(promise, fn) {
        if (promise?.then && typeof promise.then === "function") {
          return promise.then(() => fn());
        }
        return fn();
      }
      /**
       *
       * @param {(Promise|undefined)} promise
       * @param {string} event
       * @return {(Promise|undefined)}
       * @private
       */
      _chainOrCallHooks(promise, event) {
        let result = promise;
        const hooks = [];
        this._getCommandAndAncestors().reverse().filter((cmd) => cmd._lifeCycleHooks[event] !== void 0).forEach((hookedCommand) => {
          hookedCommand._lifeCycleHooks[event].forEach((callback) => {
            hooks.push({ hookedCommand, callback });
          });
        });
        if (event === "postAction") {
          hooks.reverse();
        }
        hooks.forEach((hookDetail) => {
          result = this._chainOrCall(result, () => {
            return hookDetail.callback(hookDetail.hookedCommand, this);
          });
        });
        return result;
      }
      /**
       *
       * @param {(Promise|undefined)} promise
       * @param {Command} subCommand
       * @param {string} event
       * @return {(Promise|undefined)}
       * @private
       */
      _chainOrCallSubCommandHook(promise, subCommand, event) {
        let result = promise;
        if (this._lifeCycleHooks[event] !== void 0) {
          this._lifeCycleHooks[event].forEach((hook) => {
            result = this._chainOrCall(result, () => {
              return hook(this, subCommand);
            });
          });
        }
        return result;
      }
      /**
       * Process arguments in context of this command.
       * Returns action result, in case it is a promise.
       *
       * @private
       */
      _parseCommand(operands, unknown) {
        const parsed = this.parseOptions(unknown);
        this._parseOptionsEnv();
        this._parseOptionsImplied();
        operands = operands.concat(parsed.operands);
        unknown = parsed.unknown;
        this.args = operands.concat(unknown);
        if (operands && this._findCommand(operands[0])) {
          return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
        }
        if (this._getHelpCommand() && operands[0] === this._getHelpCommand().name()) {
          return this._dispatchHelpCommand(operands[1]);
        }
        if (this._defaultCommandName) {
          this._outputHelpIfRequested(unknown);
          return this._dispatchSubcommand(
            this._defaultCommandName,
            operands,
            unknown
          );
        }
        if (this.commands.length && this.args.length === 0 && !this._actionHandler && !this._defaultCommandName) {
          this.help({ error: true });
        }
        this._outputHelpIfRequested(parsed.unknown);
        this._checkForMissingMandatoryOptions();
        this._checkForConflictingOptions();
        const checkForUnknownOptions = () => {
          if (parsed.unknown.length > 0) {
            this.unknownOption(parsed.unknown[0]);
          }
        };
        const commandEvent = `command:${this.name()}`;
        if (this._actionHandler) {
          checkForUnknownOptions();
          this._processArguments();
          let promiseChain;
          promiseChain = this._chainOrCallHooks(promiseChain, "preAction");
          promiseChain = this._chainOrCall(
            promiseChain,
            () => this._actionHandler(this.processedArgs)
          );
          if (this.parent) {
            promiseChain = this._chainOrCall(promiseChain, () => {
              this.parent.emit(commandEvent, operands, unknown);
            });
          }
          promiseChain = this._chainOrCallHooks(promiseChain, "postAction");
          return promiseChain;
        }
        if (this.parent?.listenerCount(commandEvent)) {
          checkForUnknownOptions();
          this._processArguments();
          this.parent.emit(commandEvent, operands, unknown);
        } else if (operands.length) {
          if (this._findCommand("*")) {
            return this._dispatchSubcommand("*", operands, unknown);
          }
          if (this.listenerCount("command:*")) {
            this.emit("command:*", operands, unknown);
          } else if (this.commands.length) {
            this.unknownCommand();
          } else {
            checkForUnknownOptions();
            this._processArguments();
          }
        } else if (this.commands.length) {
          checkForUnknownOptions();
          this.help({ error: true });
        } else {
          checkForUnknownOptions();
          this._processArguments();
        }
      }
      /**
       * Find matching command.
       *
       * @private
       * @return {Command | undefined}
       */
      _findCommand(name) {
        if (!name) return void 0;
        return this.commands.find(
          (cmd) => cmd._name === name || cmd._aliases.includes(name)
        );
      }
      /**
       * Return an option matching `arg` if any.
       *
       * @param {string} arg
       * @return {Option}
       * @package
       */
      _findOption(arg) {
        return this.options.find((option) => option.is(arg));
      }
      /**
       * Display an error message if a mandatory option does not have a value.
       * Called after checking for help flags in leaf subcommand.
       *
       * @private
       */
      _checkForMissingMandatoryOptions() {
        this._getCommandAndAncestors().forEach((cmd) => {
          cmd.options.forEach((anOption) => {
            if (anOption.mandatory && cmd.getOptionValue(anOption.attributeName()) === void 0) {
              cmd.missingMandatoryOptionValue(anOption);
            }
          });
        });
      }
      /**
       * Display an error message if conflicting options are used together in this.
       *
       * @private
       */
      _checkForConflictingLocalOptions() {
        const definedNonDefaultOptions = this.options.filter((option) => {
          const optionKey = option.attributeName();
          if (this.getOptionValue(optionKey) === void 0) {
            return false;
          }
          return this.getOptionValueSource(optionKey) !== "default";
        });
        const optionsWithConflicting = definedNonDefaultOptions.filter(
          (option) => option.conflictsWith.length > 0
        );
        optionsWithConflicting.forEach((option) => {
          const conflictingAndDefined = definedNonDefaultOptions.find(
            (defined) => option.conflictsWith.includes(defined.attributeName())
          );
          if (conflictingAndDefined) {
            this._conflictingOption(option, conflictingAndDefined);
          }
        });
      }
      /**
       * Display an error message if conflicting options are used together.
       * Called after checking for help flags in leaf subcommand.
       *
       * @private
       */
      _checkForConflictingOptions() {
        this._getCommandAndAncestors().forEach((cmd) => {
          cmd._checkForConflictingLocalOptions();
        });
      }
      /**
       * Parse options from `argv` removing known options,
       * and return argv split into operands and unknown arguments.
       *
       * Side effects: modifies command by storing options. Does not reset state if called again.
       *
       * Examples:
       *
       *     argv => operands, unknown
       *     --known kkk op => [op], []
       *     op --known kkk => [op], []
       *     sub --unknown uuu op => [sub], [--unknown uuu op]
       *     sub -- --unknown uuu op => [sub --unknown uuu op], []
       *
       * @param {string[]} args
       * @return {{operands: string[], unknown: string[]}}
       */
      parseOptions(args) {
        const operands = [];
        const unknown = [];
        let dest = operands;
        function maybeOption(arg) {
          return arg.length > 1 && arg[0] === "-";
        }
        const negativeNumberArg = (arg) => {
          if (!/^-(\d+|\d*\.\d+)(e[+-]?\d+)?$/.test(arg)) return false;
          return !this._getCommandAndAncestors().some(
            (cmd) => cmd.options.map((opt) => opt.short).some((short2) => /^-\d$/.test(short2))
          );
        };
        let activeVariadicOption = null;
        let activeGroup = null;
        let i = 0;
        while (i < args.length || activeGroup) {
          const arg = activeGroup ?? args[i++];
          activeGroup = null;
          if (arg === "--") {
            if (dest === unknown) dest.push(arg);
            dest.push(...args.slice(i));
            break;
          }
          if (activeVariadicOption && (!maybeOption(arg) || negativeNumberArg(arg))) {
            this.emit(`option:${activeVariadicOption.name()}`, arg);
            continue;
          }
          activeVariadicOption = null;
          if (maybeOption(arg)) {
            const option = this._findOption(arg);
            if (option) {
              if (option.required) {
                const value = args[i++];
                if (value === void 0) this.optionMissingArgument(option);
                this.emit(`option:${option.name()}`, value);
              } else if (option.optional) {
                let value = null;
                if (i < args.length && (!maybeOption(args[i]) || negativeNumberArg(args[i]))) {
                  value = args[i++];
                }
                this.emit(`option:${option.name()}`, value);
              } else {
                this.emit(`option:${option.name()}`);
              }
              activeVariadicOption = option.variadic ? option : null;
              continue;
            }
          }
          if (arg.length > 2 && arg[0] === "-" && arg[1] !== "-") {
            const option = this._findOption(`-${arg[1]}`);
            if (option) {
              if (option.required || option.optional && this._combineFlagAndOptionalValue) {
                this.emit(`option:${option.name()}`, arg.slice(2));
              } else {
                this.emit(`option:${option.name()}`);
                activeGroup = `-${arg.slice(2)}`;
              }
              continue;
            }
          }
          if (/^--[^=]+=/.test(arg)) {
            const index = arg.indexOf("=");
            const option = this._findOption(arg.slice(0, index));
            if (option && (option.required || option.optional)) {
              this.emit(`option:${option.name()}`, arg.slice(index + 1));
              continue;
            }
          }
          if (dest === operands && maybeOption(arg) && !(this.commands.length === 0 && negativeNumberArg(arg))) {
            dest = unknown;
          }
          if ((this._enablePositionalOptions || this._passThroughOptions) && operands.length === 0 && unknown.length === 0) {
            if (this._findCommand(arg)) {
              operands.push(arg);
              unknown.push(...args.slice(i));
              break;
            } else if (this._getHelpCommand() && arg === this._getHelpCommand().name()) {
              operands.push(arg, ...args.slice(i));
              break;
            } else if (this._defaultCommandName) {
              unknown.push(arg, ...args.slice(i));
              break;
            }
          }
          if (this._passThroughOptions) {
            dest.push(arg, ...args.slice(i));
            break;
          }
          dest.push(arg);
        }
        return { operands, unknown };
      }
      /**
       * Return an object containing local option values as key-value pairs.
       *
       * @return {object}
       */
      opts() {
        if (this._storeOptionsAsProperties) {
          const result = {};
          const len = this.options.length;
          for (let i = 0; i < len; i++) {
            const key = this.options[i].attributeName();
            result[key] = key === this._versionOptionName ? this._version : this[key];
          }
          return result;
        }
        return this._optionValues;
      }
      /**
       * Return an object containing merged local and global option values as key-value pairs.
       *
       * @return {object}
       */
      optsWithGlobals() {
        return this._getCommandAndAncestors().reduce(
          (combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()),
          {}
        );
      }
      /**
       * Display error message and exit (or call exitOverride).
       *
       * @param {string} message
       * @param {object} [errorOptions]
       * @param {string} [errorOptions.code] - an id string representing the error
       * @param {number} [errorOptions.exitCode] - used with process.exit
       */
      error(message, errorOptions) {
        this._outputConfiguration.outputError(
          `${message}
`,
          this._outputConfiguration.writeErr
        );
        if (typeof this._showHelpAfterError === "string") {
          this._outputConfiguration.writeErr(`${this._showHelpAfterError}
`);
        } else if (this._showHelpAfterError) {
          this._outputConfiguration.writeErr("\n");
          this.outputHelp({ error: true });
        }
        const config = errorOptions || {};
        const exitCode = config.exitCode || 1;
        const code = config.code || "commander.error";
        this._exit(exitCode, code, message);
      }
      /**
       * Apply any option related environment variables, if option does
       * not have a value from cli or client code.
       *
       * @private
       */
      _parseOptionsEnv() {
        this.options.forEach((option) => {
          if (option.envVar && option.envVar in process2.env) {
            const optionKey = option.attributeName();
            if (this.getOptionValue(optionKey) === void 0 || ["default", "config", "env"].includes(
              this.getOptionValueSource(optionKey)
            )) {
              if (option.required || option.optional) {
                this.emit(`optionEnv:${option.name()}`, process2.env[option.envVar]);
              } else {
                this.emit(`optionEnv:${option.name()}`);
              }
            }
          }
        });
      }
      /**
       * Apply any implied option values, if option is undefined or default value.
       *
       * @private
       */
      _parseOptionsImplied() {
        const dualHelper = new DualOptions(this.options);
        const hasCustomOptionValue = (optionKey) => {
          return this.getOptionValue(optionKey) !== void 0 && !["default", "implied"].includes(this.getOptionValueSource(optionKey));
        };
        this.options.filter(
          (option) => option.implied !== void 0 && hasCustomOptionValue(option.attributeName()) && dualHelper.valueFromOption(
            this.getOptionValue(option.attributeName()),
            option
          )
        ).forEach((option) => {
          Object.keys(option.implied).filter((impliedKey) => !hasCustomOptionValue(impliedKey)).forEach((impliedKey) => {
            this.setOptionValueWithSource(
              impliedKey,
              option.implied[impliedKey],
              "implied"
            );
          });
        });
      }
      /**
       * Argument `name` is missing.
       *
       * @param {string} name
       * @private
       */
      missingArgument(name) {
        const message = `error: missing required argument '${name}'`;
        this.error(message, { code: "commander.missingArgument" });
      }
      /**
       * `Option` is missing an argument.
       *
       * @param {Option} option
       * @private
       */
      optionMissingArgument(option) {
        const message = `error: option '${option.flags}' argument missing`;
        this.error(message, { code: "commander.optionMissingArgument" });
      }
      /**
       * `Option` does not have a value, and is a mandatory option.
       *
       * @param {Option} option
       * @private
       */
      missingMandatoryOptionValue(option) {
        const message = `error: required option '${option.flags}' not specified`;
        this.error(message, { code: "commander.missingMandatoryOptionValue" });
      }
      /**
       * `Option` conflicts with another option.
       *
       * @param {Option} option
       * @param {Option} conflictingOption
       * @private
       */
      _conflictingOption(option, conflictingOption) {
        const findBestOptionFromValue = (option2) => {
          const optionKey = option2.attributeName();
          const optionValue = this.getOptionValue(optionKey);
          const negativeOption = this.options.find(
            (target) => target.negate && optionKey === target.attributeName()
          );
          const positiveOption = this.options.find(
            (target) => !target.negate && optionKey === target.attributeName()
          );
          if (negativeOption && (negativeOption.presetArg === void 0 && optionValue === false || negativeOption.presetArg !== void 0 && optionValue === negativeOption.presetArg)) {
            return negativeOption;
          }
          return positiveOption || option2;
        };
        const getErrorMessage = (option2) => {
          const bestOption = findBestOptionFromValue(option2);
          const optionKey = bestOption.attributeName();
          const source = this.getOptionValueSource(optionKey);
          if (source === "env") {
            return `environment variable '${bestOption.envVar}'`;
          }
          return `option '${bestOption.flags}'`;
        };
        const message = `error: ${getErrorMessage(option)} cannot be used with ${getErrorMessage(conflictingOption)}`;
        this.error(message, { code: "commander.conflictingOption" });
      }
      /**
       * Unknown option `flag`.
       *
       * @param {string} flag
       * @private
       */
      unknownOption(flag) {
        if (this._allowUnknownOption) return;
        let suggestion = "";
        if (flag.startsWith("--") && this._showSuggestionAfterError) {
          let candidateFlags = [];
          let command = this;
          do {
            const moreFlags = command.createHelp().visibleOptions(command).filter((option) => option.long).map((option) => option.long);
            candidateFlags = candidateFlags.concat(moreFlags);
            command = command.parent;
          } while (command && !command._enablePositionalOptions);
          suggestion = suggestSimilar(flag, candidateFlags);
        }
        const message = `error: unknown option '${flag}'${suggestion}`;
        this.error(message, { code: "commander.unknownOption" });
      }
      /**
       * Excess arguments, more than expected.
       *
       * @param {string[]} receivedArgs
       * @private
       */
      _excessArguments(receivedArgs) {
        if (this._allowExcessArguments) return;
        const expected = this.registeredArguments.length;
        const s = expected === 1 ? "" : "s";
        const forSubcommand = this.parent ? ` for '${this.name()}'` : "";
        const message = `error: too many arguments${forSubcommand}. Expected ${expected} argument${s} but got ${receivedArgs.length}.`;
        this.error(message, { code: "commander.excessArguments" });
      }
      /**
       * Unknown command.
       *
       * @private
       */
      unknownCommand() {
        const unknownName = this.args[0];
        let suggestion = "";
        if (this._showSuggestionAfterError) {
          const candidateNames = [];
          this.createHelp().visibleCommands(this).forEach((command) => {
            candidateNames.push(command.name());
            if (command.alias()) candidateNames.push(command.alias());
          });
          suggestion = suggestSimilar(unknownName, candidateNames);
        }
        const message = `error: unknown command '${unknownName}'${suggestion}`;
        this.error(message, { code: "commander.unknownCommand" });
      }
      /**
       * Get or set the program version.
       *
       * This method auto-registers the "-V, --version" option which will print the version number.
       *
       * You can optionally supply the flags and description to override the defaults.
       *
       * @param {string} [str]
       * @param {string} [flags]
       * @param {string} [description]
       * @return {(this | string | undefined)} `this` command for chaining, or version string if no arguments
       */
      version(str, flags, description) {
        if (str === void 0) return this._version;
        this._version = str;
        flags = flags || "-V, --version";
        description = description || "output the version number";
        const versionOption = this.createOption(flags, description);
        this._versionOptionName = versionOption.attributeName();
        this._registerOption(versionOption);
        this.on("option:" + versionOption.name(), () => {
          this._outputConfiguration.writeOut(`${str}
`);
          this._exit(0, "commander.version", str);
        });
        return this;
      }
      /**
       * Set the description.
       *
       * @param {string} [str]
       * @param {object} [argsDescription]
       * @return {(string|Command)}
       */
      description(str, argsDescription) {
        if (str === void 0 && argsDescription === void 0)
          return this._description;
        this._description = str;
        if (argsDescription) {
          this._argsDescription = argsDescription;
        }
        return this;
      }
      /**
       * Set the summary. Used when listed as subcommand of parent.
       *
       * @param {string} [str]
       * @return {(string|Command)}
       */
      summary(str) {
        if (str === void 0) return this._summary;
        this._summary = str;
        return this;
      }
      /**
       * Set an alias for the command.
       *
       * You may call more than once to add multiple aliases. Only the first alias is shown in the auto-generated help.
       *
       * @param {string} [alias]
       * @return {(string|Command)}
       */
      alias(alias) {
        if (alias === void 0) return this._aliases[0];
        let command = this;
        if (this.commands.length !== 0 && this.commands[this.commands.length - 1]._executableHandler) {
          command = this.commands[this.commands.length - 1];
        }
        if (alias === command._name)
          throw new Error("Command alias can't be the same as its name");
        const matchingCommand = this.parent?._findCommand(alias);
        if (matchingCommand) {
          const existingCmd = [matchingCommand.name()].concat(matchingCommand.aliases()).join("|");
          throw new Error(
            `cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`
          );
        }
        command._aliases.push(alias);
        return this;
      }
      /**
       * Set aliases for the command.
       *
       * Only the first alias is shown in the auto-generated help.
       *
       * @param {string[]} [aliases]
       * @return {(string[]|Command)}
       */
      aliases(aliases) {
        if (aliases === void 0) return this._aliases;
        aliases.forEach((alias) => this.alias(alias));
        return this;
      }
      /**
       * Set / get the command usage `str`.
       *
       * @param {string} [str]
       * @return {(string|Command)}
       */
      usage(str) {
        if (str === void 0) {
          if (this._usage) return this._usage;
          const args = this.registeredArguments.map((arg) => {
            return humanReadableArgName(arg);
          });
          return [].concat(
            this.options.length || this._helpOption !== null ? "[options]" : [],
            this.commands.length ? "[command]" : [],
            this.registeredArguments.length ? args : []
          ).join(" ");
        }
        this._usage = str;
        return this;
      }
      /**
       * Get or set the name of the command.
       *
       * @param {string} [str]
       * @return {(string|Command)}
       */
      name(str) {
        if (str === void 0) return this._name;
        this._name = str;
        return this;
      }
      /**
       * Set/get the help group heading for this subcommand in parent command's help.
       *
       * @param {string} [heading]
       * @return {Command | string}
       */
      helpGroup(heading2) {
        if (heading2 === void 0) return this._helpGroupHeading ?? "";
        this._helpGroupHeading = heading2;
        return this;
      }
      /**
       * Set/get the default help group heading for subcommands added to this command.
       * (This does not override a group set directly on the subcommand using .helpGroup().)
       *
       * @example
       * program.commandsGroup('Development Commands:);
       * program.command('watch')...
       * program.command('lint')...
       * ...
       *
       * @param {string} [heading]
       * @returns {Command | string}
       */
      commandsGroup(heading2) {
        if (heading2 === void 0) return this._defaultCommandGroup ?? "";
        this._defaultCommandGroup = heading2;
        return this;
      }
      /**
       * Set/get the default help group heading for options added to this command.
       * (This does not override a group set directly on the option using .helpGroup().)
       *
       * @example
       * program
       *   .optionsGroup('Development Options:')
       *   .option('-d, --debug', 'output extra debugging')
       *   .option('-p, --profile', 'output profiling information')
       *
       * @param {string} [heading]
       * @returns {Command | string}
       */
      optionsGroup(heading2) {
        if (heading2 === void 0) return this._defaultOptionGroup ?? "";
        this._defaultOptionGroup = heading2;
        return this;
      }
      /**
       * @param {Option} option
       * @private
       */
      _initOptionGroup(option) {
        if (this._defaultOptionGroup && !option.helpGroupHeading)
          option.helpGroup(this._defaultOptionGroup);
      }
      /**
       * @param {Command} cmd
       * @private
       */
      _initCommandGroup(cmd) {
        if (this._defaultCommandGroup && !cmd.helpGroup())
          cmd.helpGroup(this._defaultCommandGroup);
      }
      /**
       * Set the name of the command from script filename, such as process.argv[1],
       * or require.main.filename, or __filename.
       *
       * (Used internally and public although not documented in README.)
       *
       * @example
       * program.nameFromFilename(require.main.filename);
       *
       * @param {string} filename
       * @return {Command}
       */
      nameFromFilename(filename) {
        this._name = path.basename(filename, path.extname(filename));
        return this;
      }
      /**
       * Get or set the directory for searching for executable subcommands of this command.
       *
       * @example
       * program.executableDir(__dirname);
       * // or
       * program.executableDir('subcommands');
       *
       * @param {string} [path]
       * @return {(string|null|Command)}
       */
      executableDir(path2) {
        if (path2 === void 0) return this._executableDir;
        this._executableDir = path2;
        return this;
      }
      /**
       * Return program help documentation.
       *
       * @param {{ error: boolean }} [contextOptions] - pass {error:true} to wrap for stderr instead of stdout
       * @return {string}
       */
      helpInformation(contextOptions) {
        const helper = this.createHelp();
        const context = this._getOutputContext(contextOptions);
        helper.prepareContext({
          error: context.error,
          helpWidth: context.helpWidth,
          outputHasColors: context.hasColors
        });
        const text = helper.formatHelp(this, helper);
        if (context.hasColors) return text;
        return this._outputConfiguration.stripColor(text);
      }
      /**
       * @typedef HelpContext
       * @type {object}
       * @property {boolean} error
       * @property {number} helpWidth
       * @property {boolean} hasColors
       * @property {function} write - includes stripColor if needed
       *
       * @returns {HelpContext}
       * @private
       */
      _getOutputContext(contextOptions) {
        contextOptions = contextOptions || {};
        const error = !!contextOptions.error;
        let baseWrite;
        let hasColors;
        let helpWidth;
        if (error) {
          baseWrite = (str) => this._outputConfiguration.writeErr(str);
          hasColors = this._outputConfiguration.getErrHasColors();
          helpWidth = this._outputConfiguration.getErrHelpWidth();
        } else {
          baseWrite = (str) => this._outputConfiguration.writeOut(str);
          hasColors = this._outputConfiguration.getOutHasColors();
          helpWidth = this._outputConfiguration.getOutHelpWidth();
        }
        const write = (str) => {
          if (!hasColors) str = this._outputConfiguration.stripColor(str);
          return baseWrite(str);
        };
        return { error, write, hasColors, helpWidth };
      }
      /**
       * Output help information for this command.
       *
       * Outputs built-in help, and custom text added using `.addHelpText()`.
       *
       * @param {{ error: boolean } | Function} [contextOptions] - pass {error:true} to write to stderr instead of stdout
       */
      outputHelp(contextOptions) {
        let deprecatedCallback;
        if (typeof contextOptions === "function") {
          deprecatedCallback = contextOptions;
          contextOptions = void 0;
        }
        const outputContext = this._getOutputContext(contextOptions);
        const eventContext = {
          error: outputContext.error,
          write: outputContext.write,
          command: this
        };
        this._getCommandAndAncestors().reverse().forEach((command) => command.emit("beforeAllHelp", eventContext));
        this.emit("beforeHelp", eventContext);
        let helpInformation = this.helpInformation({ error: outputContext.error });
        if (deprecatedCallback) {
          helpInformation = deprecatedCallback(helpInformation);
          if (typeof helpInformation !== "string" && !Buffer.isBuffer(helpInformation)) {
            throw new Error("outputHelp callback must return a string or a Buffer");
          }
        }
        outputContext.write(helpInformation);
        if (this._getHelpOption()?.long) {
          this.emit(this._getHelpOption().long);
        }
        this.emit("afterHelp", eventContext);
        this._getCommandAndAncestors().forEach(
          (command) => command.emit("afterAllHelp", eventContext)
        );
      }
      /**
       * You can pass in flags and a description to customise the built-in help option.
       * Pass in false to disable the built-in help option.
       *
       * @example
       * program.helpOption('-?, --help' 'show help'); // customise
       * program.helpOption(false); // disable
       *
       * @param {(string | boolean)} flags
       * @param {string} [description]
       * @return {Command} `this` command for chaining
       */
      helpOption(flags, description) {
        if (typeof flags === "boolean") {
          if (flags) {
            if (this._helpOption === null) this._helpOption = void 0;
            if (this._defaultOptionGroup) {
              this._initOptionGroup(this._getHelpOption());
            }
          } else {
            this._helpOption = null;
          }
          return this;
        }
        this._helpOption = this.createOption(
          flags ?? "-h, --help",
          description ?? "display help for command"
        );
        if (flags || description) this._initOptionGroup(this._helpOption);
        return this;
      }
      /**
       * Lazy create help option.
       * Returns null if has been disabled with .helpOption(false).
       *
       * @returns {(Option | null)} the help option
       * @package
       */
      _getHelpOption() {
        if (this._helpOption === void 0) {
          this.helpOption(void 0, void 0);
        }
        return this._helpOption;
      }
      /**
       * Supply your own option to use for the built-in help option.
       * This is an alternative to using helpOption() to customise the flags and description etc.
       *
       * @param {Option} option
       * @return {Command} `this` command for chaining
       */
      addHelpOption(option) {
        this._helpOption = option;
        this._initOptionGroup(option);
        return this;
      }
      /**
       * Output help information and exit.
       *
       * Outputs built-in help, and custom text added using `.addHelpText()`.
       *
       * @param {{ error: boolean }} [contextOptions] - pass {error:true} to write to stderr instead of stdout
       */
      help(contextOptions) {
        this.outputHelp(contextOptions);
        let exitCode = Number(process2.exitCode ?? 0);
        if (exitCode === 0 && contextOptions && typeof contextOptions !== "function" && contextOptions.error) {
          exitCode = 1;
        }
        this._exit(exitCode, "commander.help", "(outputHelp)");
      }
      /**
       * // Do a little typing to coordinate emit and listener for the help text events.
       * @typedef HelpTextEventContext
       * @type {object}
       * @property {boolean} error
       * @property {Command} command
       * @property {function} write
       */
      /**
       * Add additional text to be displayed with the built-in help.
       *
       * Position is 'before' or 'after' to affect just this command,
       * and 'beforeAll' or 'afterAll' to affect this command and all its subcommands.
       *
       * @param {string} position - before or after built-in help
       * @param {(string | Function)} text - string to add, or a function returning a string
       * @return {Command} `this` command for chaining
       */
      addHelpText(position, text) {
        const allowedValues = ["beforeAll", "before", "after", "afterAll"];
        if (!allowedValues.includes(position)) {
          throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
        }
        const helpEvent = `${position}Help`;
        this.on(helpEvent, (context) => {
          let helpStr;
          if (typeof text === "function") {
            helpStr = text({ error: context.error, command: context.command });
          } else {
            helpStr = text;
          }
          if (helpStr) {
            context.write(`${helpStr}
`);
          }
        });
        return this;
      }
      /**
       * Output help information if help flags specified
       *
       * @param {Array} args - array of options to search for help flags
       * @private
       */
      _outputHelpIfRequested(args) {
        const helpOption = this._getHelpOption();
        const helpRequested = helpOption && args.find((arg) => helpOption.is(arg));
        if (helpRequested) {
          this.outputHelp();
          this._exit(0, "commander.helpDisplayed", "(outputHelp)");
        }
      }
    };
    function incrementNodeInspectorPort(args) {
      return args.map((arg) => {
        if (!arg.startsWith("--inspect")) {
          return arg;
        }
        let debugOption;
        let debugHost = "127.0.0.1";
        let debugPort = "9229";
        let match;
        if ((match = arg.match(/^(--inspect(-brk)?)$/)) !== null) {
          debugOption = match[1];
        } else if ((match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+)$/)) !== null) {
          debugOption = match[1];
          if (/^\d+$/.test(match[3])) {
            debugPort = match[3];
          } else {
            debugHost = match[3];
          }
        } else if ((match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+):(\d+)$/)) !== null) {
          debugOption = match[1];
          debugHost = match[3];
          debugPort = match[4];
        }
        if (debugOption && debugPort !== "0") {
          return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
        }
        return arg;
      });
    }
    function useColor() {
      if (process2.env.NO_COLOR || process2.env.FORCE_COLOR === "0" || process2.env.FORCE_COLOR === "false")
        return false;
      if (process2.env.FORCE_COLOR || process2.env.CLICOLOR_FORCE !== void 0)
        return true;
      return void 0;
    }
    exports.Command = Command2;
    exports.useColor = useColor;
  }
});

// node_modules/commander/index.js
var require_commander = __commonJS({
  "node_modules/commander/index.js"(exports) {
    var { Argument: Argument2 } = require_argument();
    var { Command: Command2 } = require_command();
    var { CommanderError: CommanderError2, InvalidArgumentError: InvalidArgumentError2 } = require_error();
    var { Help: Help2 } = require_help();
    var { Option: Option2 } = require_option();
    exports.program = new Command2();
    exports.createCommand = (name) => new Command2(name);
    exports.createOption = (flags, description) => new Option2(flags, description);
    exports.createArgument = (name, description) => new Argument2(name, description);
    exports.Command = Command2;
    exports.Option = Option2;
    exports.Argument = Argument2;
    exports.Help = Help2;
    exports.CommanderError = CommanderError2;
    exports.InvalidArgumentError = InvalidArgumentError2;
    exports.InvalidOptionArgumentError = InvalidArgumentError2;
  }
});

// node_modules/commander/esm.mjs
var import_index = __toESM(require_commander(), 1);
var {
  program,
  createCommand,
  createArgument,
  createOption,
  CommanderError,
  InvalidArgumentError,
  InvalidOptionArgumentError,
  // deprecated old name
  Command,
  Argument,
  Option,
  Help
} = import_index.default;

// src/compare/several.ts
async function compareSeveral(runs, policy, replicates = REPLICATES, progress) {
  const [first, ...others2] = runs;
  if (!first || others2.length === 0) throw new RangeError("two runs or more");
  const part2 = await judgedPart(first, policy);
  const { judged, groups, quantities, manifest } = part2;
  const { conditions, seed } = manifest.suite;
  const open = others2.map((candidate) => {
    const common = commonPart(first.manifest, candidate.manifest);
    if (!isWhole(common)) throw new RangeError("runs of other data or another suite");
    const ofCandidate = { ...part2, manifest: candidate.manifest };
    return openComparison({ baseline: first, candidate }, common, ofCandidate, replicates);
  });
  const readers = runs.map((run) => sideReader(run, quantities, groups));
  const columns = runs.map(() => []);
  progress?.start("compare", conditions.length, 0, "conditions");
  for (const [index, condition] of conditions.entries()) {
    const warpOf = conditionWarps(manifest, condition);
    const sides = [];
    for (const read of readers) sides.push(await read(index, warpOf));
    open.forEach((one, i) => one.add(condition, { baseline: sides[0], candidate: sides[i + 1] }));
    sides.forEach(({ gated, classes }, run) => columns[run].push({ gated, classes }));
    progress?.advance(1, condition.id);
  }
  progress?.finish();
  const againstFirst = open.map((one) => one.finish());
  const pairs = runs.length * (runs.length - 1) / 2;
  const strict = { ...policy, alpha: policy.alpha / pairs };
  const pairwise = /* @__PURE__ */ new Map();
  const compared = (best, other) => {
    const key = `${best} ${other}`;
    const known = pairwise.get(key);
    if (known) return known;
    const ofBoth = columns[best].map(
      (baseline, index) => judgedPair({ baseline, candidate: columns[other][index] }, quantities)
    );
    const made = compareNodes(judged, ofBoth, strict, groups.count, replicates, seed).results;
    pairwise.set(key, made);
    return made;
  };
  const rows = [];
  for (const [index, node] of againstFirst[0].nodes.entries()) {
    if (node.level === "perturbation" || node.level === "condition") continue;
    const maps = [node.baseline, ...againstFirst.map(({ nodes }) => nodes[index].candidate)];
    const best = maps.indexOf(node.metric === "risk" ? Math.min(...maps) : Math.max(...maps));
    const standings = [];
    for (const [run, map] of maps.entries()) {
      if (run === best) standings.push({ map, place: "best", behind: null });
      else standings.push(behindBest(map, compared(best, run)[index], groups.count));
    }
    rows.push({ level: node.level, name: node.name, metric: node.metric, runs: standings });
  }
  return { againstFirst, rows, alpha: policy.alpha, pairs };
}
function behindBest(map, { drop, interval, untested }, groups) {
  const sure = groups >= LEAST_GROUPS && untested === null && interval[0] > 0;
  return { map, place: sure ? "behind" : "close", behind: { drop, interval } };
}

// src/report/several.ts
function shownNames({ runs }) {
  const paths = runs.map(({ name }) => name.split("/"));
  const least = Math.min(...paths.map((parts) => parts.length)) - 1;
  const differs = (at) => paths.some((parts) => parts[at] !== paths[0]?.[at]);
  const from = Array.from({ length: Math.max(0, least) }, (_, at) => at).find(differs) ?? least;
  return paths.map((parts) => parts.slice(from).join("/"));
}
function tooFewGroups({ comparison }) {
  const groups = comparison.againstFirst[0]?.groups ?? 0;
  return groups < LEAST_GROUPS ? `Nothing is sure here, whatever its ±: ${count(groups, "independent group")} of images, and at least ${LEAST_GROUPS} are needed.` : null;
}
var placeMarks = { best: "★", close: "≈", behind: "" };
var placeLegend = "★ best, ≈ not surely behind the best, no mark: surely behind it (all rows and pairs of runs at once)";
function severalScale({ comparison }) {
  return metrics[comparison.againstFirst[0]?.metric ?? "map"].scale;
}
function rowTitle(row, { comparison }) {
  const title = row.level === "overall" ? "overall" : nodeTitle(row);
  return title + rowMetric(row, comparison);
}
function rowMetric(row, { againstFirst }) {
  return otherMetric(row, againstFirst[0]?.metric ?? "map");
}
function howSureText({ runs }, names) {
  const close = runs.flatMap(
    ({ place, behind }, i) => place === "close" && behind ? [`${names[i]} (behind by ${plusMinus(behind.drop, halfWidth(behind))})`] : []
  );
  return close.length === 0 ? "surely ahead of all others" : `not surely ahead of ${listed(close)}`;
}
function severalSentence({ runs, comparison }) {
  const names = shownNames({ runs });
  const row = comparison.rows.find(({ level }) => level === "overall") ?? comparison.rows.find(({ level }) => level === "clean");
  if (!row) return "There is nothing to compare.";
  const best = row.runs.findIndex(({ place }) => place === "best");
  const where = row.level === "overall" ? "over all perturbations" : "on clean images";
  return `Best ${where}: ${names[best]}, ${howSureText(row, names)}.`;
}

// src/report/reporters/several-console.ts
var NAME = 24;
function renderSeveralConsole(report) {
  const { runs, comparison } = report;
  const names = shownNames(report).map((name) => terminal(name, NAME));
  const few = tooFewGroups(report);
  const widths = names.map((name) => Math.max(name.length, 7));
  const titles = comparison.rows.map((row) => terminal(rowTitle(row, report)));
  const scale = severalScale(report).replace("×", "x");
  const title = Math.max(scale.length, ...titles.map(({ length }) => length));
  const head = [scale.padEnd(title), ...names.map((name, i) => name.padStart(widths[i]))].join(
    "  "
  );
  const rows = comparison.rows.map(
    (row, r) => [
      titles[r].padEnd(title),
      ...row.runs.map(
        ({ map, place }, i) => `${placeMarks[place]} ${points(map)}`.trim().padStart(widths[i])
      )
    ].join("  ")
  );
  const verdicts = runs.flatMap(({ verdict }, i) => {
    if (!verdict) return [];
    const { shape, word } = statusMarks[verdict.status];
    return [`  ${names[i]}: ${shape} ${word}. ${terminal(verdict.sentence)}`];
  });
  return [
    terminal(severalSentence(report)),
    "",
    head,
    ...rows,
    `${placeLegend}, at ${share(1 - comparison.alpha)}`,
    ...few === null ? [] : [few],
    "",
    "How sure",
    ...comparison.rows.map((row, r) => `  ${titles[r]}: ${terminal(howSureOf(row, names))}`),
    "",
    `Each against the first (${names[0]})`,
    ...verdicts
  ].join("\n");
}
function howSureOf(row, names) {
  const best = row.runs.findIndex(({ place }) => place === "best");
  return `${names[best]} is ${howSureText(row, names)}`;
}

// src/report/html/several.tsx
var MAX_ROWS = 1500;
function VerdictsPart({ report: { runs }, models }) {
  const [first] = models;
  return /* @__PURE__ */ a(Part, { id: "verdicts", title: `Each against ${first?.label ?? ""}, as the gate would judge it`, children: /* @__PURE__ */ a("dl", { class: "facts", children: runs.map(
    ({ verdict }, index) => verdict ? /* @__PURE__ */ a($, { children: [
      /* @__PURE__ */ a("dt", { children: [
        /* @__PURE__ */ a("b", { children: models[index]?.label }),
        " ",
        models[index]?.title
      ] }),
      /* @__PURE__ */ a("dd", { children: [
        /* @__PURE__ */ a("span", { "aria-hidden": "true", children: statusMarks[verdict.status].shape }),
        " ",
        /* @__PURE__ */ a("b", { children: statusMarks[verdict.status].word }),
        ". ",
        plain(verdict.sentence, MAX_SENTENCE)
      ] })
    ] }) : null
  ) }) });
}
function ClassesPart({ report: { runs }, models }) {
  const manifests = runs.map(({ manifest }) => manifest);
  const values = manifests.map(nodeValues);
  const of = (level) => values.map((nodes) => nodes.find((node) => node.level === level)?.map ?? null);
  const all = {
    name: "All classes",
    objects: null,
    clean: of("clean"),
    perturbed: of("overall"),
    standardError: null
  };
  return /* @__PURE__ */ a(
    Part,
    {
      id: "numbers-first",
      title: "Class by class",
      lead: "AP@[.50:.95] × 100 on clean images, which is what an ordinary evaluation compares, and as the mean over all families. Single classes are not judged.",
      children: /* @__PURE__ */ a(
        ClassTable,
        {
          labels: models.map(({ label: label2 }) => label2),
          all,
          classes: classRows(manifests).filter(({ clean }) => clean.some((value) => value !== null))
        }
      )
    }
  );
}
function RunsPart({ report: { runs }, models }) {
  const facts = runs.map(({ manifest }) => new Map(settingFacts(manifest)));
  const terms = [...facts[0]?.keys() ?? []];
  return /* @__PURE__ */ a(Part, { id: "settings", title: "Settings and provenance", children: /* @__PURE__ */ a(Scroll, { label: "Settings", children: /* @__PURE__ */ a("table", { class: "settings", children: [
    /* @__PURE__ */ a("thead", { children: /* @__PURE__ */ a("tr", { children: [
      /* @__PURE__ */ a("td", {}),
      models.map(({ label: label2 }) => /* @__PURE__ */ a("th", { scope: "col", children: label2 }))
    ] }) }),
    /* @__PURE__ */ a("tbody", { children: [
      /* @__PURE__ */ a("tr", { children: [
        /* @__PURE__ */ a("th", { scope: "row", children: "Directory" }),
        runs.map(({ name }) => /* @__PURE__ */ a("td", { children: plain(name) }))
      ] }),
      terms.map((term) => /* @__PURE__ */ a("tr", { children: [
        /* @__PURE__ */ a("th", { scope: "row", children: term }),
        /* @__PURE__ */ a(Values, { values: facts.map((of) => of.get(term) ?? "") })
      ] }))
    ] })
  ] }) }) });
}
function Values({ values }) {
  const [first] = values;
  if (values.every((value) => value === first)) return /* @__PURE__ */ a("td", { colSpan: values.length, children: first });
  return /* @__PURE__ */ a($, { children: values.map((value) => /* @__PURE__ */ a("td", { children: value })) });
}
function SeveralNumberPart({ report: { runs }, models }) {
  const values = runs.map(({ manifest }) => nodeValues(manifest));
  const rows = values[0] ?? [];
  const rest = rows.length - MAX_ROWS;
  return /* @__PURE__ */ a(Part, { id: "numbers", title: "All numbers", children: /* @__PURE__ */ a("details", { children: [
    /* @__PURE__ */ a("summary", { children: [
      rows.length,
      " rows: clean, overall, families, perturbations, conditions"
    ] }),
    /* @__PURE__ */ a(Scroll, { label: "Table of all numbers", children: /* @__PURE__ */ a("table", { children: [
      /* @__PURE__ */ a("caption", { children: "mAP@[.50:.95] × 100. The risk scores are in numbers.csv." }),
      /* @__PURE__ */ a("thead", { children: /* @__PURE__ */ a("tr", { children: [
        /* @__PURE__ */ a("th", { scope: "col", children: "what" }),
        models.map(({ label: label2 }) => /* @__PURE__ */ a("th", { scope: "col", class: "n", children: label2 }))
      ] }) }),
      /* @__PURE__ */ a("tbody", { children: rows.slice(0, MAX_ROWS).map((row, index) => /* @__PURE__ */ a("tr", { children: [
        /* @__PURE__ */ a("th", { scope: "row", children: heading(row) }),
        values.map((nodes) => /* @__PURE__ */ a("td", { class: "n", children: points(nodes[index]?.map ?? null) }))
      ] })) })
    ] }) }),
    rest > 0 ? /* @__PURE__ */ a("p", { class: "note", children: [
      "and ",
      rest,
      " more: they are in numbers.csv"
    ] }) : null
  ] }) });
}

// src/report/html/standings.tsx
function StandingsChart(props) {
  const { report, models } = props;
  const { comparison } = report;
  const labels = models.map(({ label: label2 }) => label2);
  const scale = commonScale(comparison.rows.flatMap(({ runs }) => runs.map(({ map }) => map)));
  return /* @__PURE__ */ a($, { children: [
    /* @__PURE__ */ a("ul", { class: "legend", children: /* @__PURE__ */ a(ModelLegend, { models }) }),
    /* @__PURE__ */ a(Scroll, { label: "All runs", children: /* @__PURE__ */ a("table", { class: "chart standings", children: [
      /* @__PURE__ */ a("caption", { class: "hidden", children: "Every run" }),
      /* @__PURE__ */ a("thead", { children: /* @__PURE__ */ a("tr", { children: [
        /* @__PURE__ */ a("th", { scope: "col", children: severalScale(report) }),
        labels.map((label2) => /* @__PURE__ */ a("th", { scope: "col", class: "n", children: label2 })),
        /* @__PURE__ */ a("th", { scope: "col", class: "plot", children: "all runs" }),
        /* @__PURE__ */ a("th", { scope: "col", children: "the best is" })
      ] }) }),
      /* @__PURE__ */ a("tbody", { children: comparison.rows.map((row) => /* @__PURE__ */ a("tr", { class: row.level === "family" ? "sub" : "main", children: [
        /* @__PURE__ */ a("th", { scope: "row", children: [
          heading(row),
          rowMetric(row, comparison)
        ] }),
        row.runs.map(({ map, place }, i) => /* @__PURE__ */ a("td", { class: "n", "data-run": labels[i], children: [
          placeMarks[place],
          " ",
          place === "best" ? /* @__PURE__ */ a("b", { children: points(map) }) : points(map)
        ] })),
        /* @__PURE__ */ a("td", { class: "plot map", children: /* @__PURE__ */ a(ValueMarks, { values: row.runs.map(({ map }) => map), scale }) }),
        /* @__PURE__ */ a("td", { class: "small", children: howSureText(row, labels) })
      ] })) }),
      /* @__PURE__ */ a("tfoot", { "aria-hidden": "true", children: /* @__PURE__ */ a("tr", { children: [
        /* @__PURE__ */ a("td", { colSpan: labels.length + 1 }),
        /* @__PURE__ */ a("td", { class: "plot map", children: /* @__PURE__ */ a(Axis, { scale }) }),
        /* @__PURE__ */ a("td", {})
      ] }) })
    ] }) })
  ] });
}

// src/report/reporters/several-json.ts
var SCHEMA_VERSION = 1;
function renderSeveralJson({ runs, comparison }) {
  const { rows, alpha, pairs, againstFirst } = comparison;
  const document = {
    schemaVersion: SCHEMA_VERSION,
    runs: runs.map(({ name, manifest, verdict }) => ({
      name,
      model: manifest.model,
      verdict,
      nodes: nodeValues(manifest)
    })),
    standings: { alpha, pairs, rows },
    comparisons: againstFirst
  };
  return JSON.stringify(document, null, 2);
}

// src/report/reporters/several-html.tsx
function renderSeveralHtml(report) {
  return `<!doctype html>
${z(/* @__PURE__ */ a(Page, { report }))}
`;
}
function Page({ report }) {
  const { runs, comparison, pictures, noPictures } = report;
  const models = modelsOf(report);
  const labels = models.map(({ label: label2 }) => label2);
  const failures = severalExamples(comparison, MOST_TOLD);
  const curves = curveFamiliesOf(runs.map(({ manifest }) => manifest));
  const conditions = runs[0]?.manifest.suite.conditions ?? [];
  const heat = heatOf(report, models);
  const errors = severalErrors(comparison.againstFirst);
  const parts = partsOf({
    severity: curves.length > 0,
    heat: heatSources(heat).length > 0,
    failures: pictures.length + failures.length > 0,
    errors: errors.length > 0
  });
  return /* @__PURE__ */ a("html", { lang: "en", children: [
    /* @__PURE__ */ a(
      Head,
      {
        title: `${runs.length} runs side by side: Robustness Gate`,
        style: switchCss(models.length)
      }
    ),
    /* @__PURE__ */ a(PageFrame, { name: "side by side", parts, tool: plain(runs[0]?.manifest.tool ?? ""), children: [
      /* @__PURE__ */ a("section", { class: "verdict no-baseline", "aria-labelledby": "sentence", children: [
        /* @__PURE__ */ a("h1", { id: "sentence", children: plain(severalSentence(report), MAX_SENTENCE) }),
        /* @__PURE__ */ a("p", { class: "lead", children: [
          severalScale(report),
          ". ",
          placeLegend,
          ", at ",
          share(1 - comparison.alpha),
          ".",
          " ",
          tooFewGroups(report)
        ] }),
        /* @__PURE__ */ a(StandingsChart, { report, models })
      ] }),
      /* @__PURE__ */ a(VerdictsPart, { report, models }),
      /* @__PURE__ */ a(ClassesPart, { report, models }),
      /* @__PURE__ */ a(CurvePart, { families: curves, models, scale: metrics.map.scale }),
      /* @__PURE__ */ a(HeatPart, { sources: heat, conditions }),
      /* @__PURE__ */ a(
        GalleryPart,
        {
          pictures,
          models,
          failures,
          say: (example) => changesText(example, labels),
          reason: noPictures
        }
      ),
      /* @__PURE__ */ a(ErrorPart, { errors, conditions, labels }),
      /* @__PURE__ */ a(RunsPart, { report, models }),
      /* @__PURE__ */ a(SeveralNumberPart, { report, models }),
      /* @__PURE__ */ a(DownloadPart, { files: filesOf(report), command: "robustness-gate compare A B C --json" })
    ] })
  ] });
}
var LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
function modelsOf(report) {
  return shownNames(report).map((name, index) => ({
    label: LETTERS[index] ?? String(index + 1),
    title: plain(name)
  }));
}
function heatOf({ comparison }, models) {
  const [first] = models;
  return comparison.againstFirst.map((against, index) => {
    const other = models[index + 1];
    return {
      label: `${first?.label ?? ""} to ${other?.label ?? ""}`,
      title: `From ${first?.title ?? ""} to ${other?.title ?? ""}`,
      comparison: against
    };
  });
}
function changesText({ changes }, labels) {
  return changes.map((change) => `${labels[change.run]} ${failureText(change)}`).join("; ");
}
function partsOf(shown2) {
  const parts = [
    [true, "verdicts", "Verdicts"],
    [true, "numbers-first", "Classes"],
    [shown2.severity, "severity", "Severity"],
    [shown2.heat, "heat", "Heat map"],
    [shown2.failures, "failures", "Failures"],
    [shown2.errors, "errors", "Errors"],
    [true, "settings", "Settings"],
    [true, "numbers", "Numbers"],
    [true, "data", "Data"]
  ];
  return parts.filter(([there]) => there).map(([, id2, title]) => [id2, title]);
}
function filesOf(report) {
  const { runs, comparison } = report;
  const drops = comparison.againstFirst.map((against, index) => ({
    name: runs[index + 1]?.name ?? "",
    comparison: against
  }));
  return [
    {
      name: "numbers.csv",
      type: "text/csv",
      title: "every row of all numbers, run by run",
      text: runNodesCsv(runs)
    },
    {
      name: "classes.csv",
      type: "text/csv",
      title: "drop of each class, run by run",
      text: runClassDropsCsv(drops)
    },
    {
      name: "comparison.json",
      type: "application/json",
      title: "all of the report",
      text: renderSeveralJson(report)
    }
  ];
}

// src/cli/shared.ts
import { writeFile } from "node:fs/promises";
import { availableParallelism, homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

// src/cli/secrets.ts
var secrets = likelySecrets(process.env);

// src/cli/shared.ts
var INTERRUPTED = 130;
var EvaluateFlags = external_exports.object({
  config: external_exports.string(),
  workers: external_exports.int(),
  cache: external_exports.string(),
  model: external_exports.string().optional(),
  quiet: external_exports.boolean().default(false),
  allowCommand: external_exports.boolean().default(false),
  predictorOrigin: external_exports.array(external_exports.string()).default([])
});
function withEvaluateOptions(command) {
  return command.option("-c, --config <file>", "the config", "robustness.yml").option("--workers <n>", "worker threads", parseWorkers, availableParallelism()).option("--cache <dir>", "where detections are kept between runs", defaultCache()).option("--model <file>", "this model in place of the config’s").option(
    "--allow-command",
    "let the config start programs and load code: predictors `command` and `module`"
  ).addOption(originOption()).addOption(quietOption());
}
function quietOption() {
  return new Option("--quiet", "no progress");
}
function progressOf(quiet) {
  return createProgress(process.stderr, { quiet, now: () => performance.now() });
}
function originOption() {
  return new Option(
    "--predictor-origin <url...>",
    "let requests and keys of the config go to these origins (https://host)"
  );
}
function datasetContext(configFile, origins) {
  return {
    location: { directory: dirname(resolve(configFile)), root: null },
    cacheDirectory: defaultCache(),
    allowed: { command: false, origins: origins.map(originOf), environment: process.env, secrets }
  };
}
function evaluateOptions(flags, outDirectory) {
  const parsed = EvaluateFlags.parse(flags);
  const { config, workers, cache, model, quiet } = parsed;
  const interrupted = new AbortController();
  const stop = () => {
    if (interrupted.signal.aborted) process.exit(INTERRUPTED);
    interrupted.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    configFile: config,
    outDirectory,
    cacheDirectory: cache,
    workers,
    workerFile: new URL("./worker.js", import.meta.url),
    root: null,
    allowed: {
      command: parsed.allowCommand,
      origins: parsed.predictorOrigin.map(originOf),
      environment: process.env,
      secrets
    },
    ...model === void 0 ? {} : { model },
    progress: progressOf(quiet),
    signal: interrupted.signal
  };
}
function defaultCache() {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "robustness-gate");
}
function parseWorkers(value) {
  const workers = Number(value);
  if (!Number.isInteger(workers) || workers < 1 || workers > 256) {
    throw new InvalidArgumentError("a whole number from 1 to 256");
  }
  return workers;
}
function print(text) {
  process.stdout.write(text.endsWith("\n") ? text : `${text}
`);
}
async function writeOutput(file, content) {
  await writeFile(file, content).catch((error) => {
    const message = `cannot write ${file}: ${messageOf(error)}`;
    throw new GateError("usage", { message }, { cause: error });
  });
}
function note(text) {
  process.stderr.write(`${text}
`);
}
function today() {
  return (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
}
function wantsColor() {
  return process.stdout.isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
}
function screenWidth() {
  return process.stdout.isTTY ? Math.min(120, Math.max(60, process.stdout.columns)) : 100;
}
function outputPaths(directory) {
  return {
    candidate: join(directory, "candidate"),
    report: join(directory, "report.html"),
    comment: join(directory, "comment.md")
  };
}
function baselineIn(directory) {
  return {
    kind: "found",
    directory,
    source: { description: `directory ${directory}`, commit: null, url: null, distance: null }
  };
}

// src/cli/images.ts
async function findImages(wanted, config, file, origins) {
  const none = { samples: [], reason: null, most: 0 };
  if (!wanted.some(({ reporter }) => reporter.name === "html")) return none;
  if (config === null) {
    const reason = "run directories hold no images: name the config of the data set (-c)";
    return { ...none, reason };
  }
  try {
    const { samples } = await readDataset(config.dataset, datasetContext(file, origins));
    return { samples, reason: null, most: config.report.failures };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return { ...none, reason: `the data set of ${file} cannot be read: ${error.message}` };
  }
}

// src/cli/reference.ts
import { basename, dirname as dirname2, resolve as resolve2 } from "node:path";
async function judgeReference(configFile, candidate, policy, progress) {
  if (policy.reference === void 0) return null;
  const directory = resolve2(dirname2(configFile), policy.reference);
  const opened = await openBaseline(baselineIn(directory), candidate.manifest, {
    who: "the reference (gate.reference)",
    refused: "error",
    different: "error"
  });
  return referenceReport(
    basename(directory),
    opened,
    await judgeRuns(opened, candidate, policy, [], false, progress)
  );
}

// src/cli/reports.ts
function withReporterOptions(command) {
  for (const { name, title, option } of reporters) {
    if (option) command.option(`--${name} <file>`, `write ${title}`);
  }
  return command;
}
function wantedReports(flags) {
  const files = external_exports.record(external_exports.string(), external_exports.unknown()).parse(flags);
  return reporters.flatMap((reporter) => {
    const file = files[reporter.name];
    return reporter.option && typeof file === "string" ? [{ reporter, file }] : [];
  });
}
function warn(problem) {
  note(`warning: ${problem}`);
}
function printReport(report, json) {
  const screen = { color: wantsColor(), width: screenWidth() };
  const rendered = renderSafely(
    json ? "the JSON document" : "the table",
    report,
    (of) => json ? renderJson(of) : renderConsole(of, screen)
  );
  if (rendered.kind === "text") return print(rendered.text);
  warn(rendered.problem);
  note(report.verdict.sentence);
}

// src/cli/compare.ts
var BOOTSTRAPS = ["linear", "full"];
var Flags = external_exports.object({
  config: external_exports.string().optional(),
  json: external_exports.boolean().default(false),
  bootstrap: external_exports.enum(BOOTSTRAPS),
  quiet: external_exports.boolean().default(false),
  predictorOrigin: external_exports.array(external_exports.string()).default([])
});
function addCompareCommand(program2) {
  withReporterOptions(program2.command("compare")).description(
    "judge a candidate’s run directory against a baseline’s: exit code 1 when it fails; of more than two, each against the first, and all in one table"
  ).argument("<baseline>", "run directory").argument("<candidates...>", "run directories").option(
    "-c, --config <file>",
    "take the gate’s margins, its reference, `trainedWith` and, for --html, the images from this config"
  ).option("--json", "print the verdict as JSON").addOption(
    new Option(
      "--bootstrap <kind>",
      "full: also count the metric anew in every replicate and show both ways beside one another (minutes)"
    ).choices(BOOTSTRAPS).default("linear")
  ).addOption(originOption()).option(
    "--quiet",
    "print nothing but errors (and the JSON document): the exit code is the verdict"
  ).action(async (baseline, candidates, flags) => {
    const { config: file, json, bootstrap, quiet, predictorOrigin } = Flags.parse(flags);
    const config = file === void 0 ? null : await loadConfig(file);
    const wanted = wantedReports(flags);
    const images = await findImages(wanted, config, file ?? "", predictorOrigin);
    const [candidate, ...more] = candidates;
    const all = [baseline, ...candidates];
    if (bootstrap === "full" && more.length > 0) {
      throw new GateError("usage", {
        message: "--bootstrap full audits one comparison",
        fix: "name one candidate at a time"
      });
    }
    const progress = progressOf(quiet);
    const shown2 = candidate !== void 0 && more.length === 0 ? await showPair(baseline, candidate, {
      config,
      configFile: file ?? "",
      bootstrap,
      images,
      progress
    }) : await showSeveral(await openRuns(all), all, { config, images, progress });
    const written = await shown2.write(wanted);
    if (!quiet) {
      for (const { reporter, file: name } of written) note(`${reporter.name}: ${name}`);
    }
    if (json || !quiet) shown2.print(json);
    if (shown2.failed) process.exitCode = 1;
  });
}
async function openRuns(directories) {
  const runs = [];
  for (const directory of directories) {
    const run = await readRun(directory);
    const differences = runs[0] ? differencesOf(runs[0], run) : [];
    if (differences.length > 0) {
      throw new GateError("incomparable", {
        message: `${directories[0]} and ${directory} cannot be shown side by side: ${differences.join("; ")}`,
        fix: "make all runs with the same data set, suite and settings, or compare two at a time"
      });
    }
    runs.push(run);
  }
  return runs;
}
function differencesOf(first, run) {
  const match = compareManifests(first.manifest, run.manifest);
  if (match.kind === "refused") return match.differences.map(({ message }) => message);
  if (match.kind === "different") return [...match.differences];
  const common = commonPart(first.manifest, run.manifest);
  if (common.leftOut !== null) return leftOutSentences(common.leftOut);
  return isWhole(common) ? [] : ["their images or conditions are in another order"];
}
async function showPair(baselineDirectory, candidateDirectory, { config, configFile, bootstrap, images, progress }) {
  const written = config?.gate ?? GatePolicySchema.parse({});
  const candidate = await readRun(candidateDirectory);
  const baseline = await openBaseline(baselineIn(baselineDirectory), candidate.manifest, {
    who: "the baseline",
    refused: "error",
    different: "no-baseline"
  });
  checkClassNames(written, candidate.manifest.dataset.classes, configFile);
  const { current, notes } = currentWaivers(written.waivers, today());
  const policy = { ...written, waivers: current };
  const limits = await measureLimits(candidate, policy.limits ?? {}, policy.alpha, progress);
  const judged = await judgeRuns(baseline, candidate, policy, limits, true, progress);
  const { comparison } = judged;
  const full = baseline.kind === "found" && comparison && bootstrap === "full" ? await compareRuns(baseline.run, candidate, policy, comparison.test.replicates, {
    kind: "full",
    progress
  }) : null;
  const reference = await judgeReference(configFile, candidate, policy, progress);
  const verdict = reference ? worseVerdict(judged.verdict, reference.verdict, reference.name) : judged.verdict;
  const report = {
    name: config?.name ?? "default",
    verdict,
    baseline: baseline.kind === "found" ? baseline.run.manifest : null,
    candidate: candidate.manifest,
    comparison,
    effects: comparison ? augmentationEffects(config?.trainedWith ?? [], comparison) : [],
    source: { description: baselineDirectory, commit: null, url: null, distance: null },
    reference,
    ...await showFailures(
      comparison,
      baseline.kind === "found" ? baseline.run : null,
      candidate,
      images,
      progress
    ),
    audit: comparison && full && auditBootstrap(comparison, full, policy, limits),
    limits,
    changes: [],
    notes: [...notes, ...candidate.manifest.notes],
    links: { report: null, run: null }
  };
  return {
    failed: report.verdict.failed,
    write: (wanted) => writeReports(report, wanted, warn),
    print: (json) => printReport(report, json)
  };
}
async function showSeveral(runs, names, { config, images, progress }) {
  const policy = config?.gate ?? GatePolicySchema.parse({});
  if (policy.reference !== void 0)
    note(
      `gate.reference is judged of two runs: name ${policy.reference} as one of these to see it`
    );
  const comparison = await compareSeveral(runs, policy, void 0, progress);
  const examples = severalExamples(comparison, images.most);
  const load = imageLoader(images.samples, runs[0].manifest);
  const pictures = await drawFailures(examples, runs, load, progress);
  const report = {
    runs: runs.map(({ manifest }, i) => {
      const against = comparison.againstFirst[i - 1];
      return { name: names[i], manifest, verdict: against ? judge(against, policy) : null };
    }),
    comparison,
    pictures,
    noPictures: whyNone(images, examples, pictures)
  };
  return {
    failed: report.runs.some(({ verdict }) => verdict?.failed),
    write: (wanted) => writeSeveral(report, wanted),
    print: (json) => print(json ? renderSeveralJson(report) : renderSeveralConsole(report))
  };
}
async function writeSeveral(report, wanted) {
  const other = wanted.find(({ reporter }) => reporter.name !== "html");
  if (other) {
    throw new GateError("usage", {
      message: `--${other.reporter.name} tells one verdict, and these are ${report.runs.length} runs`,
      fix: "compare two runs at a time, or write --html"
    });
  }
  for (const { file } of wanted) await writeOutput(file, renderSeveralHtml(report));
  return wanted;
}

// src/cli/demo.ts
import { mkdir } from "node:fs/promises";
import { join as join2 } from "node:path";
import { fileURLToPath } from "node:url";
var Flags2 = external_exports.object({ out: external_exports.string() });
var INTRODUCTION = `A pull request wants to promote model A over model B, which main uses.
Both have the same mAP on clean images. Are they equally good?
`;
function addDemoCommand(program2) {
  withEvaluateOptions(program2.command("demo")).description("judge model A against model B on the embedded construction site").option(
    "--out <dir>",
    "where run directories, comment.md, report.html and the other forms go",
    "demo-output"
  ).action(async (flags) => {
    const { out } = Flags2.parse(flags);
    const paths = outputPaths(out);
    const baseline = join2(out, "baseline");
    const configFile = fileURLToPath(
      new URL("../examples/construction-site/robustness.yml", import.meta.url)
    );
    const options = { ...evaluateOptions(flags, paths.candidate), configFile };
    await mkdir(out, { recursive: true });
    note(INTRODUCTION);
    note("main: model B");
    await evaluateModel({ ...options, outDirectory: baseline, model: "models/b.onnx" });
    note("pull request: model A");
    const { report, verdict } = await runGate({
      ...options,
      findBaseline: async () => baselineIn(baseline),
      findReference: async (directory) => baselineIn(directory),
      baseConfig: { kind: "none" },
      today: today(),
      onRefused: "error",
      mayStopEarly: false,
      failWithoutBaseline: true
    });
    await writeReports(report, reportsIn(out), warn);
    printReport(report, false);
    print(`the comment:        ${paths.comment}
the report:         ${paths.report}
the gate's verdict: ${verdict.status}, exit code ${verdict.failed ? 1 : 0} (the demonstration itself ends with 0)`);
  });
}

// src/cli/doctor.ts
import { readdir, readFile } from "node:fs/promises";
import { join as join3 } from "node:path";

// src/github/doctor.ts
var import_yaml = __toESM(require_dist(), 1);
var Permissions = external_exports.union([external_exports.string(), external_exports.record(external_exports.string(), external_exports.string()), external_exports.null()]).optional();
var Step = external_exports.object({
  uses: external_exports.string().optional(),
  with: external_exports.record(external_exports.string(), external_exports.unknown()).optional()
});
var Workflow = external_exports.object({
  on: external_exports.union([external_exports.string(), external_exports.array(external_exports.string()), external_exports.record(external_exports.string(), external_exports.unknown())]),
  permissions: Permissions,
  jobs: external_exports.record(
    external_exports.string(),
    external_exports.object({
      permissions: Permissions,
      steps: external_exports.array(Step).optional(),
      "timeout-minutes": external_exports.unknown().optional()
    })
  )
});
function diagnoseWorkflow(text, file) {
  if (!/robustness-gate@/.test(text)) return [];
  let value;
  try {
    value = (0, import_yaml.parse)(text, { maxAliasCount: 0 });
  } catch (error) {
    return [{ state: "lacking", message: `${file} cannot be read: ${messageOf(error)}` }];
  }
  const workflow = Workflow.safeParse(value);
  if (!workflow.success) return [{ state: "lacking", message: `${file} is no workflow` }];
  const events = eventsOf(workflow.data);
  const findings = [
    ...eventFindings(events, file),
    ...Object.entries(workflow.data.jobs).flatMap(
      ([name, job]) => gateStep(job) === void 0 ? [] : jobFindings(job, workflow.data.permissions, events, `${file}, job ${name}`)
    )
  ];
  return findings.length > 0 ? findings : [{ state: "good", message: `${file} has what the gate needs` }];
}
function eventsOf({ on }) {
  return typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on);
}
function gateStep({ steps = [] }) {
  return steps.find(({ uses }) => uses?.includes("robustness-gate@"));
}
function eventFindings(events, file) {
  const lack = (message, fix) => ({ state: "lacking", message, fix });
  const has = (event) => events.includes(event);
  return [
    has("pull_request_target") && lack(
      `${file} runs on pull_request_target: the gate refuses it`,
      "use `on: pull_request`, and docs/workflows/fork-comment.yml for forks"
    ),
    has("pull_request") && !has("push") && lack(
      `${file} does not run on a push to the default branch: nothing leaves a baseline`,
      "on:\n  push:\n    branches: [main]"
    ),
    has("pull_request") && !has("merge_group") && lack(
      `${file} does not run in a merge queue: a required check would never report there`,
      "on:\n  merge_group:"
    )
  ].filter((finding) => finding !== false);
}
function neededBy(job, events) {
  const isPart = /\d|\{\{/.test(JSON.stringify(gateStep(job)?.with?.["shard"] ?? ""));
  const judges = !isPart && !events.includes("workflow_run");
  return [
    ...events.includes("workflow_run") ? [] : [["contents", "read", "the checkout"]],
    ...isPart ? [] : [["actions", "read", "finds the baseline"]],
    ...!isPart && events.some((event) => event === "pull_request" || event === "workflow_run") ? [["pull-requests", "write", "writes the comment"]] : [],
    ...judges && events.includes("schedule") ? [["issues", "write", "keeps the night’s issue"]] : []
  ].map(([name, level, why]) => [name, level, why]);
}
function jobFindings(job, ofWorkflow, events, where) {
  const given = job.permissions ?? ofWorkflow;
  const missing = neededBy(job, events).filter(([name, level]) => !grants(given, name, level));
  const budget = gateStep(job)?.with?.["time-budget"];
  return [
    missing.length > 0 && {
      state: "lacking",
      message: `${where}: the token may not ${missing.map(([name, level]) => `${name}: ${level}`).join(", ")}`,
      fix: [
        "permissions:",
        ...missing.map(([name, level, why]) => `  ${name}: ${level} # ${why}`)
      ].join("\n")
    },
    job["timeout-minutes"] !== void 0 && budget === void 0 && !events.includes("workflow_run") && {
      state: "unknown",
      message: `${where}: without time-budget a run that reaches timeout-minutes judges nothing`,
      fix: "with:\n  time-budget: 25m # below timeout-minutes"
    }
  ].filter((finding) => finding !== false);
}
function grants(given, name, level) {
  if (given === void 0) return level === "read";
  if (given === null) return false;
  if (typeof given === "string") {
    return given === "write-all" || given === "read-all" && level === "read";
  }
  return given[name] === "write" || given[name] === level;
}
async function diagnoseArtifacts(octokit, { owner, repo }, name) {
  const artifact = baselineArtifact(name);
  try {
    const { data } = await octokit.rest.actions.listArtifactsForRepo({
      owner,
      repo,
      name: artifact,
      per_page: 10
    });
    const known = data.artifacts.find(({ expired }) => !expired);
    return known ? {
      state: "good",
      message: `the token sees ${artifact}, which run ${known.workflow_run?.id} left`
    } : {
      state: "lacking",
      message: `${owner}/${repo} has no ${artifact} that is not expired`,
      fix: "let the workflow run on the default branch once: a push, or “Run workflow”"
    };
  } catch (error) {
    return {
      state: "lacking",
      message: `the token does not see ${owner}/${repo}’s artifacts: ${requestProblem(error)}`,
      fix: "permissions:\n  actions: read"
    };
  }
}

// src/cli/doctor.ts
var Flags3 = external_exports.object({ config: external_exports.string(), workflows: external_exports.string() });
var MARKS = { good: "✓", lacking: "✕", unknown: "?" };
function addDoctorCommand(program2) {
  program2.command("doctor").description(
    "tell what workflows, permissions and token lack; with GITHUB_TOKEN and GITHUB_REPOSITORY set, also whether a baseline can be reached"
  ).option("-c, --config <file>", "the config", "robustness.yml").option("--workflows <dir>", "folder of the workflows", ".github/workflows").action(async (flags) => {
    const { config, workflows } = Flags3.parse(flags);
    const findings = [
      ...await workflowFindings(workflows),
      ...await repositoryFindings(config)
    ];
    for (const { state, message, fix } of findings) {
      print(harmless(`${MARKS[state]} ${message}`));
      if (fix !== void 0) print(harmless(fix.replace(/^/gm, "    ")));
    }
    if (findings.some(({ state }) => state === "lacking")) process.exitCode = 2;
  });
}
async function workflowFindings(folder) {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name));
  const findings = [];
  for (const name of names.toSorted()) {
    const file = join3(folder, name);
    findings.push(...diagnoseWorkflow(await readFile(file, "utf8"), file));
  }
  return findings.length > 0 ? findings : [
    {
      state: "lacking",
      message: `no workflow in ${folder} runs the gate`,
      fix: "copy docs/workflows/gate.yml there"
    }
  ];
}
async function repositoryFindings(config) {
  const { GITHUB_TOKEN: token = "", GITHUB_REPOSITORY: repository = "" } = process.env;
  const [owner = "", repo = ""] = repository.split("/");
  const { name } = await loadConfig(config);
  if (token === "" || repo === "") {
    return [
      {
        state: "unknown",
        message: "whether a baseline can be reached: GITHUB_TOKEN and GITHUB_REPOSITORY are not set"
      }
    ];
  }
  const api = process.env["GITHUB_API_URL"] ?? "https://api.github.com";
  return [await diagnoseArtifacts(createOctokit(token, api, note), { owner, repo }, name)];
}

// src/image/text.ts
var PLATE = 3;
async function drawText(text, color, plate, most) {
  const sharp = loadSharp();
  const visible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? text : "?";
  const escaped = visible.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const markup = `<span foreground="${color}">${escaped}</span>`;
  const ink = await sharp({ text: { text: markup, font: "sans 10", dpi: 96, rgba: true } }).png().toBuffer({ resolveWithObject: true });
  const width = Math.min(most, ink.info.width + 2 * PLATE);
  const height = ink.info.height + 2 * PLATE;
  const background = plate ?? { r: 0, g: 0, b: 0, alpha: 0 };
  const cut = await sharp(ink.data).extract({
    left: 0,
    top: 0,
    width: Math.max(1, Math.min(ink.info.width, width - PLATE)),
    height: ink.info.height
  }).png().toBuffer();
  const input = await sharp({ create: { width, height, channels: 4, background } }).composite([{ input: cut, left: PLATE, top: PLATE }]).png().toBuffer();
  return { input, width, height };
}

// src/image/panels.ts
var GAP = 16;
var HEAD = 34;
var FOOT = 40;
var LEAST_WIDTH = 640;
var MOST_WIDTH = 1280;
var LEGEND_BOX = { width: 34, height: 20 };
var TEXT = "#1a1f26";
async function drawPanels(panels, legend) {
  const sharp = loadSharp();
  const scale = scaleOf(panels[0]?.image.width ?? LEAST_WIDTH);
  const pictures = [];
  let left = GAP;
  let bottom = 0;
  for (const panel of panels) {
    const size = scaledSize(panel.image, scale);
    const title = await drawText(panel.title, TEXT, null, size.width);
    pictures.push({ ...title, left, top: GAP / 2 });
    pictures.push({ input: await drawPanel(panel, scale), left, top: HEAD });
    left += size.width + GAP;
    bottom = Math.max(bottom, HEAD + size.height);
  }
  const lines = await drawLegend(legend, left - GAP, bottom + GAP);
  const height = Math.max(bottom + GAP, ...lines.map(({ top }) => top + FOOT - GAP));
  return sharp({ create: { width: left, height, channels: 3, background: "#ffffff" } }).composite(
    [...pictures, ...lines].map((entry) => ({ ...entry, input: Buffer.from(entry.input) }))
  ).png().toBuffer();
}
function scaleOf(width) {
  return width < LEAST_WIDTH ? Math.ceil(LEAST_WIDTH / width) : Math.min(1, MOST_WIDTH / width);
}
function scaledSize({ width, height }, scale) {
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale))
  };
}
async function drawPanel({ image, boxes }, scale) {
  const sharp = loadSharp();
  const { width, height } = scaledSize(image, scale);
  const raw = { width: image.width, height: image.height, channels: 3 };
  const data = await sharp(image.data, { raw }).resize(width, height, { fit: "fill", kernel: scale > 1 ? "nearest" : "lanczos3" }).raw().toBuffer();
  const canvas = { width, height, data: new Uint8Array(data) };
  const scaled = boxes.map((entry) => ({ ...entry, area: areaOf(entry.box, scale) }));
  for (const { area, style } of scaled) drawEdge(canvas, area, style);
  const labels = await placeLabels(scaled, width, height);
  return sharp(canvas.data, { raw: { width, height, channels: 3 } }).composite(labels.map((entry) => ({ ...entry, input: Buffer.from(entry.input) }))).png().toBuffer();
}
function areaOf([x1, y1, x2, y2], scale) {
  const [left, top] = [Math.round(x1 * scale), Math.round(y1 * scale)];
  return {
    left,
    top,
    width: Math.max(1, Math.round(x2 * scale) - left),
    height: Math.max(1, Math.round(y2 * scale) - top)
  };
}
function drawEdge(image, area, style) {
  strokeEdge(image, area, { color: "#000000", width: style.width + 2, dash: style.dash });
  strokeEdge(image, area, style);
}
function strokeEdge(image, { left, top, width, height }, style) {
  const half = Math.floor(style.width / 2);
  const [drawn, skipped] = style.dash ?? [Infinity, 0];
  const stroke = (x, y, long, level) => {
    for (let at = 0; at < long; at += drawn + skipped) {
      const length = Math.min(drawn, long - at);
      const part2 = level ? { left: x + at, top: y - half, width: length, height: style.width } : { left: x - half, top: y + at, width: style.width, height: length };
      fillArea(image, part2, style.color);
    }
  };
  stroke(left, top, width, true);
  stroke(left, top + height, width, true);
  stroke(left, top, height, false);
  stroke(left + width, top, height, false);
}
function fillArea(image, area, color) {
  const value = Number.parseInt(color.slice(1), 16);
  const rgb = [value >> 16, value >> 8 & 255, value & 255];
  const right = Math.min(image.width, area.left + area.width);
  const bottom = Math.min(image.height, area.top + area.height);
  for (let y = Math.max(0, area.top); y < bottom; y++) {
    for (let x = Math.max(0, area.left); x < right; x++) {
      image.data.set(rgb, 3 * (y * image.width + x));
    }
  }
}
async function placeLabels(boxes, width, height) {
  const placed = [];
  for (const { area, label: label2, style } of boxes.toReversed()) {
    if (label2 === null) continue;
    const text = await drawText(label2, "#111111", style.color, width);
    const left = Math.max(0, Math.min(area.left, width - text.width));
    const tops = [area.top - text.height, area.top + area.height, area.top + 1];
    const free = tops.map((top) => ({ ...text, left, top })).find(
      (place) => place.top >= 0 && place.top + place.height <= height && !placed.some((other) => overlap(place, other))
    );
    if (free) placed.push(free);
  }
  return placed.map(({ input, left, top }) => ({ input, left, top }));
}
function overlap(a2, b) {
  return a2.left < b.left + b.width && b.left < a2.left + a2.width && a2.top < b.top + b.height && b.top < a2.top + a2.height;
}
async function drawLegend(legend, width, top) {
  const inputs = [];
  let [x, y] = [GAP, top];
  for (const { style, meaning } of legend) {
    const text = await drawText(meaning, TEXT, null, width);
    const wide = LEGEND_BOX.width + 8 + text.width;
    if (x > GAP && x + wide > width) [x, y] = [GAP, y + LEGEND_BOX.height + 12];
    inputs.push({ input: await drawKey(style), left: x, top: y });
    inputs.push({ input: text.input, left: x + LEGEND_BOX.width + 8, top: y });
    x += wide + GAP + 8;
  }
  return inputs;
}
async function drawKey(style) {
  const { width, height } = LEGEND_BOX;
  const image = { width, height, data: new Uint8Array(width * height * 3).fill(85) };
  drawEdge(image, { left: 4, top: 4, width: width - 9, height: height - 9 }, style);
  return loadSharp()(image.data, { raw: { width, height, channels: 3 } }).png().toBuffer();
}

// src/report/explain.ts
var kinds = {
  truth: {
    style: { color: "#ffffff", width: 1, dash: [2, 4] },
    meaning: "ground truth that is found",
    word: ""
  },
  found: { style: { color: "#58d5ff", width: 2, dash: null }, meaning: "found", word: "" },
  missed: {
    style: { color: "#ffffff", width: 2, dash: [6, 6] },
    meaning: "missed, on the original too",
    word: "missed "
  },
  spurious: {
    style: { color: "#ff8fd0", width: 3, dash: [3, 3] },
    meaning: "spurious: nothing is there",
    word: "spurious "
  },
  lost: {
    style: { color: "#ff9d3c", width: 4, dash: [14, 6] },
    meaning: "lost: found on the original",
    word: "lost "
  }
};
var order = ["truth", "found", "missed", "spurious", "lost"];
var explainLegend = order.toReversed().map((kind) => ({ style: kinds[kind].style, meaning: kinds[kind].meaning }));
async function explainRun(run, role, rank2, condition) {
  const { suite, dataset, confidence, model } = run.manifest;
  const found = async (id2) => {
    const index = suite.conditions.findIndex((entry) => entry.id === id2);
    const tables = { truth: await run.truth(index), detections: await run.detections(index) };
    const { truth, detections } = imageTables(tables, rank2);
    const matched = matchCondition(truth, detections, dataset.classes.length);
    return findObjects(matched, confidence.value);
  };
  const original = await found("clean");
  const changed = await found(condition);
  const at = confidence.value;
  const foundBefore = (row) => original.findings.found[row] === 1;
  return {
    role,
    model: model.file,
    confidence: at,
    original: boxesOf(original, dataset.classes, at, () => false),
    changed: boxesOf(changed, dataset.classes, at, foundBefore)
  };
}
function boxesOf(condition, classes, confidence, foundBefore) {
  const { truth, detections, findings } = condition;
  const objects = [...truth.classes.keys()].filter((row) => !truth.ignored[row] && !truth.crowd[row]).map((row) => ({
    kind: findings.found[row] ? "truth" : foundBefore(row) ? "lost" : "missed",
    box: boxAt(truth.boxes, row),
    class: classes[truth.classes[row] ?? -1] ?? "",
    confidence: null
  }));
  const detected = (kind, row) => ({
    kind,
    box: boxAt(detections.boxes, row),
    class: classes[detections.classes[row] ?? -1] ?? "",
    confidence: detections.confidences[row] ?? null
  });
  const boxes = [
    ...objects,
    ...hits(condition, confidence).map((row) => detected("found", row)),
    ...(findings.spurious[0] ?? []).map((row) => detected("spurious", row))
  ];
  return boxes.sort((a2, b) => order.indexOf(a2.kind) - order.indexOf(b.kind));
}
function panelBoxes(boxes) {
  return boxes.map((entry) => ({
    box: entry.box,
    style: kinds[entry.kind].style,
    label: entry.kind === "truth" ? null : plain(titleOf(entry, plain(entry.class, 24)))
  }));
}
function titleOf({ kind, confidence }, name) {
  return `${kinds[kind].word}${name}${confidence === null ? "" : ` ${confidence.toFixed(2)}`}`;
}
function explainCounts(boxes) {
  const counts = order.toReversed().map((kind) => ({ kind, n: boxes.filter((box) => box.kind === kind).length })).filter(({ kind, n }) => n > 0 && kind !== "truth").map(({ kind, n }) => `${n} ${kind}`);
  return counts.length === 0 ? "nothing found" : counts.join(", ");
}
function explainText(imageId, condition, runs) {
  const title = nodeTitle({ level: "condition", name: condition });
  const blocks = runs.map(({ role, model, confidence, original, changed }) => {
    const wrong = changed.filter(({ kind }) => kind !== "truth" && kind !== "found").toReversed();
    return [
      `${role} ${terminal(model, 60)}, at confidence ${confidence.toFixed(3)}`,
      `  original: ${explainCounts(original)}`,
      `  changed:  ${explainCounts(changed)}`,
      ...wrong.map((box) => `    ${titleOf(box, terminal(box.class, 24))}, ${corners(box.box)}`)
    ].join("\n");
  });
  return [`${terminal(imageId)} under ${title}`, ...blocks].join("\n\n");
}
function corners([x1, y1, x2, y2]) {
  const at = (value) => value.toFixed(0);
  return `from (${at(x1)}, ${at(y1)}) to (${at(x2)}, ${at(y2)})`;
}

// src/cli/names.ts
var MOST_NAMES = 8;
function findImage({ images }, wanted) {
  const exact = images.findIndex(({ id: id2 }) => id2 === wanted);
  if (exact >= 0) return exact;
  const ending = images.flatMap(({ id: id2 }, rank2) => id2.endsWith(`/${wanted}`) ? [rank2] : []);
  const [only, ...more] = ending;
  if (only !== void 0 && more.length === 0) return only;
  if (only !== void 0) {
    const ids2 = ending.map((rank2) => images[rank2].id);
    throw new GateError("usage", {
      message: `${ids2.length} images are called ${wanted}`,
      fix: `name one of ${ids2.slice(0, MOST_NAMES).join(", ")}`
    });
  }
  const ids = images.map(({ id: id2 }) => id2);
  const near = nearest(
    wanted,
    wanted.includes("/") ? ids : ids.map((id2) => id2.slice(id2.lastIndexOf("/") + 1))
  );
  throw new GateError("usage", {
    message: `the run has no image "${wanted}"`,
    fix: near ? `did you mean "${near}"?` : `its ids are such as ${ids.slice(0, 3).join(", ")}`
  });
}
function findCondition({ suite }, wanted) {
  const condition = suite.conditions.find(({ id: id2 }) => id2 === wanted);
  if (!condition) {
    const ids = suite.conditions.map(({ id: id2 }) => id2);
    const name = wanted.split("/")[0] ?? "";
    const levels = ids.filter((id2) => id2.split("/")[0] === name);
    const near = nearest(wanted, ids);
    throw new GateError("usage", {
      message: `the run has no condition "${wanted}"`,
      fix: levels.length > 0 ? `it has ${levels.join(", ")}` : near ? `did you mean "${near}"?` : `it has ${ids.slice(0, MOST_NAMES).join(", ")}${ids.length > MOST_NAMES ? ", …" : ""}`
    });
  }
  return condition;
}

// src/cli/explain.ts
var Flags4 = external_exports.object({
  config: external_exports.string(),
  image: external_exports.string(),
  condition: external_exports.string(),
  baseline: external_exports.string().optional(),
  output: external_exports.string().optional(),
  predictorOrigin: external_exports.array(external_exports.string()).default([])
});
function addExplainCommand(program2) {
  program2.command("explain").description(
    "show what a run found in one image under one condition: in words, and with -o as a picture beside the original"
  ).argument("<run>", "run directory").requiredOption("--image <id>", "the image’s id or file name").requiredOption("--condition <id>", "such as darkness/3").option("--baseline <dir>", "another run directory: what both found, side by side").option("-c, --config <file>", "the config, whose data set has the image", "robustness.yml").option("-o, --output <file>", "the PNG").addOption(originOption()).action(async (directory, flags) => {
    const {
      config,
      image,
      condition: id2,
      baseline,
      output,
      predictorOrigin
    } = Flags4.parse(flags);
    const run = await readRun(directory);
    const rank2 = findImage(run.manifest, image);
    const condition = findCondition(run.manifest, id2);
    const explained = await explainRun(run, "candidate", rank2, condition.id);
    const runs = baseline === void 0 ? [explained] : [await explainBaseline(await readRun(baseline), run, rank2, condition), explained];
    if (output !== void 0) {
      const { manifest } = run;
      const sample = await findSample(config, manifest.images[rank2], directory, predictorOrigin);
      await writeOutput(
        output,
        await drawExplained(sample, condition, manifest.suite.seed, runs)
      );
      note(`picture: ${output}`);
    }
    print(explainText(run.manifest.images[rank2].id, condition.id, runs));
  });
}
async function explainBaseline(baseline, run, rank2, condition) {
  const { images, suite } = baseline.manifest;
  const { id: id2, digest } = run.manifest.images[rank2];
  const same = images.findIndex((image) => image.digest === digest);
  const other = suite.conditions.find((entry) => entry.id === condition.id);
  const problem = same < 0 ? `has no image with the content of ${id2}` : !other ? `has no condition ${condition.id}` : JSON.stringify([other, suite.seed]) !== JSON.stringify([condition, run.manifest.suite.seed]) ? `made ${condition.id} in another way: other params, version or seed` : null;
  if (problem !== null) {
    throw new GateError("incomparable", { message: `the baseline ${problem}` });
  }
  return explainRun(baseline, "baseline", same, condition.id);
}
async function findSample(configFile, { id: id2, digest }, run, origins) {
  const config = await loadConfig(configFile);
  const { samples } = await readDataset(config.dataset, datasetContext(configFile, origins));
  const sample = samples.find((candidate) => candidate.digest === digest);
  if (sample) return sample;
  const changed = samples.some((candidate) => candidate.id === id2);
  throw new GateError("dataset", {
    message: changed ? `${id2} is not the file that ${run} saw: its content has changed` : `the data set of ${configFile} does not have ${id2}, nor another file with its content`,
    fix: "name the config that the run was made with (-c), or leave out -o: words need no image"
  });
}
async function drawExplained(sample, condition, seed, runs) {
  checkVersion(condition);
  const original = await decodeImage(sample.path);
  const changed = await changedImage(original, sample.digest, condition, seed);
  const candidate = runs.at(-1);
  const panels = runs.map((run) => ({
    title: `${condition.id}, ${run.role} ${plain(run.model, 40)}: ${explainCounts(run.changed)}`,
    image: changed,
    boxes: panelBoxes(run.changed)
  }));
  const first = {
    title: `original, ${candidate.role}: ${explainCounts(candidate.original)}`,
    image: original,
    boxes: panelBoxes(candidate.original)
  };
  return drawPanels([first, ...panels], explainLegend);
}
function checkVersion(condition) {
  if (condition.kind === "clean") return;
  const known = perturbations.find(({ name }) => name === condition.perturbation);
  if (known?.version === condition.version) return;
  throw new GateError("incomparable", {
    message: known ? `the run has version ${condition.version} of ${condition.perturbation}, this tool has version ${known.version}: the picture would be another` : `this tool has no perturbation ${condition.perturbation}`,
    fix: "use the version of the tool that made the run, or leave out -o: words need no image"
  });
}

// src/cli/export.ts
import { createWriteStream } from "node:fs";
import { mkdir as mkdir2 } from "node:fs/promises";
import { dirname as dirname3, join as join4 } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

// src/report/export.ts
var IGNORED_AREA = -1;
function cocoFiles(run, conditions) {
  return conditions.flatMap((index) => {
    const folder = folderOf(run, index);
    return [
      {
        path: `${folder}/truth.json`,
        pieces: async function* () {
          yield* cocoTruth(run, await run.truth(index), index);
        }
      },
      {
        path: `${folder}/detections.json`,
        pieces: async function* () {
          yield* cocoDetections(await run.detections(index));
        }
      }
    ];
  });
}
function folderOf({ manifest }, index) {
  return manifest.suite.conditions[index].id.replace(/[^A-Za-z0-9_]+/g, "-");
}
function* cocoTruth({ manifest }, truth, index) {
  const { images, dataset, suite } = manifest;
  const head = {
    info: { description: `ground truth under ${suite.conditions[index].id}` },
    images: images.map(({ id: id2, width, height }, rank2) => ({
      id: rank2 + 1,
      file_name: id2,
      width,
      height
    })),
    categories: dataset.classes.map((name, i) => ({ id: i + 1, name }))
  };
  yield `${JSON.stringify(head).slice(0, -1)},"annotations":[`;
  for (let image = 0; image < images.length; image++) {
    for (let row = truth.offsets[image]; row < truth.offsets[image + 1]; row++) {
      const ignored = truth.ignored[row] === 1 && truth.crowd[row] !== 1;
      const annotation = {
        // 0 would be taken for no match.
        id: row + 1,
        image_id: image + 1,
        category_id: truth.classes[row] + 1,
        bbox: cocoBox(truth.boxes, row),
        area: ignored ? IGNORED_AREA : truth.areas[row],
        iscrowd: truth.crowd[row]
      };
      yield `${row === 0 ? "" : ","}
${JSON.stringify(annotation)}`;
    }
  }
  yield "\n]}\n";
}
function* cocoDetections(detections) {
  yield "[";
  for (let image = 0; image + 1 < detections.offsets.length; image++) {
    for (let row = detections.offsets[image]; row < detections.offsets[image + 1]; row++) {
      const detection = {
        image_id: image + 1,
        category_id: detections.classes[row] + 1,
        bbox: cocoBox(detections.boxes, row),
        score: detections.confidences[row]
      };
      yield `${row === 0 ? "" : ","}
${JSON.stringify(detection)}`;
    }
  }
  yield "\n]\n";
}
function cocoBox(boxes, row) {
  const [x1, y1, x2, y2] = [0, 1, 2, 3].map((k) => boxes[4 * row + k] ?? 0);
  return [x1, y1, x2 - x1, y2 - y1];
}
function csvFiles(run, conditions) {
  return [
    { path: "metrics.csv", pieces: () => metricLines(run, conditions) },
    { path: "detections.csv", pieces: () => detectionLines(run, conditions) }
  ];
}
function* metricLines({ manifest }, conditions) {
  yield csvLine([
    "condition",
    "family",
    "perturbation",
    "severity",
    "class",
    "map",
    "ap50",
    "risk",
    "found",
    "lost",
    "spurious"
  ]);
  for (const index of conditions) {
    const condition = manifest.suite.conditions[index];
    const { map, ap50, classes, classes50, risk } = manifest.metrics[index];
    const of = condition.kind === "clean" ? [condition.id, "", "", ""] : [condition.id, condition.family, condition.perturbation, condition.severity];
    const counts = risk ? [riskScore(risk), risk.found, risk.lost, risk.spurious] : [null, null, null, null];
    yield csvLine([...of, "", map, ap50, ...counts]);
    for (const [i, name] of manifest.dataset.classes.entries()) {
      yield csvLine([
        ...of,
        name,
        classes[i] ?? null,
        classes50[i] ?? null,
        null,
        null,
        null,
        null
      ]);
    }
  }
}
async function* detectionLines(run, conditions) {
  yield csvLine(["image", "condition", "class", "confidence", "x1", "y1", "x2", "y2"]);
  const { images, suite, dataset } = run.manifest;
  for (const index of conditions) {
    const { offsets, classes, confidences, boxes } = await run.detections(index);
    for (const [image, { id: id2 }] of images.entries()) {
      for (let row = offsets[image]; row < offsets[image + 1]; row++) {
        const box = boxes.subarray(4 * row, 4 * row + 4);
        const name = dataset.classes[classes[row]] ?? "";
        yield csvLine([id2, suite.conditions[index].id, name, confidences[row], ...box]);
      }
    }
  }
}
function csvLine(values) {
  const cells = values.map(
    (value) => typeof value === "string" ? csvText(value) : `${value ?? ""}`
  );
  return `${cells.join(",")}\r
`;
}
function csvText(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// src/cli/export.ts
var Flags5 = external_exports.object({
  coco: external_exports.string().optional(),
  csv: external_exports.string().optional(),
  condition: external_exports.array(external_exports.string()).default([])
});
function addExportCommand(program2) {
  program2.command("export").description("write a run’s ground truth, detections and numbers for other tools").argument("<run>", "run directory").option("--coco <dir>", "COCO JSON for pycocotools and FiftyOne, two files for each condition").option("--csv <dir>", "metrics.csv and detections.csv").option("--condition <ids...>", "these conditions alone, such as clean darkness/3").action(async (directory, flags) => {
    const { coco, csv, condition } = Flags5.parse(flags);
    if (coco === void 0 && csv === void 0) {
      throw new GateError("usage", {
        message: "nothing to write",
        fix: "give --coco DIR, or --csv DIR, or both"
      });
    }
    const run = await readRun(directory);
    const all = run.manifest.suite.conditions;
    const chosen = condition.map((id2) => all.indexOf(findCondition(run.manifest, id2)));
    const conditions = chosen.length > 0 ? chosen : [...all.keys()];
    if (coco !== void 0) await writeAll(coco, cocoFiles(run, conditions));
    if (csv !== void 0) await writeAll(csv, csvFiles(run, conditions));
  });
}
async function writeAll(directory, files) {
  for (const { path, pieces } of files) {
    const file = join4(directory, path);
    try {
      await mkdir2(dirname3(file), { recursive: true });
      await pipeline(Readable.from(pieces()), createWriteStream(file));
    } catch (error) {
      if (error instanceof GateError) throw error;
      const message = `cannot write ${file}: ${messageOf(error)}`;
      throw new GateError("usage", { message }, { cause: error });
    }
  }
  note(`${files.length} files: ${directory}`);
}

// src/cli/gate.ts
var Flags6 = external_exports.object({
  out: external_exports.string(),
  baseline: external_exports.string(),
  baseConfig: external_exports.string().optional(),
  json: external_exports.boolean().default(false)
});
function addGateCommand(program2) {
  withEvaluateOptions(program2.command("gate")).description(
    "evaluate a model, compare it with a baseline and judge: exit code 1 when it fails"
  ).requiredOption("--baseline <dir>", "run directory of the baseline").option(
    "--base-config <file>",
    "the config of the base commit: the stricter gate of both counts, as on a pull request"
  ).option(
    "--out <dir>",
    "where the run directory goes, report.html and every other form of the report",
    "robustness-output"
  ).option("--json", "print the verdict as JSON").action(async (flags) => {
    const { out, baseline, baseConfig, json } = Flags6.parse(flags);
    const paths = outputPaths(out);
    const result = await runGate({
      ...evaluateOptions(flags, paths.candidate),
      findBaseline: async () => baselineIn(baseline),
      findReference: async (directory) => baselineIn(directory),
      baseConfig: await baseConfigIn(baseConfig ?? null),
      today: today(),
      onRefused: "error",
      mayStopEarly: true,
      failWithoutBaseline: true
    });
    await writeReports(result.report, reportsIn(out), warn);
    printReport(result.report, json);
    note(`report: ${paths.report}`);
    if (result.verdict.failed) process.exitCode = 1;
  });
}
async function baseConfigIn(file) {
  return file === null ? { kind: "none" } : { kind: "found", description: file, config: await loadConfig(file) };
}

// src/cli/init.ts
import { access, mkdir as mkdir3, writeFile as writeFile2 } from "node:fs/promises";
import { dirname as dirname5, join as join6 } from "node:path";

// src/init/find.ts
import { readdir as readdir2 } from "node:fs/promises";
import { basename as basename2, dirname as dirname4, join as join5, relative, sep } from "node:path";
var DEPTH = 6;
var MOST_FILES = 5e4;
var NOT_LOOKED_AT = /* @__PURE__ */ new Set(["node_modules", "dist", "venv", "__pycache__"]);
var SPLITS = ["valid", "val", "validation", "test", "trainval", "train"];
var MOST_YAML = 200;
async function findGate(folder) {
  const files = await filesIn(folder);
  const yolo = await Promise.all(
    files.filter((file) => /\.ya?ml$/.test(file)).sort((a2, b) => Number(isUsual(b)) - Number(isUsual(a2))).slice(0, MOST_YAML).map((file) => yoloIn(folder, file))
  );
  return {
    datasets: [...yolo.flat(), ...cocoIn(files), ...vocIn(files)],
    models: files.filter((file) => file.endsWith(".onnx")).sort((a2, b) => fitness(b) - fitness(a2) || (a2 < b ? -1 : 1)),
    weights: files.filter((file) => /\.(pt|pth|safetensors)$/.test(file))
  };
}
function isUsual(file) {
  return /^data\.ya?ml$/.test(basename2(file));
}
function fitness(model) {
  return /candidate|best/.test(basename2(model)) ? 1 : 0;
}
async function filesIn(folder) {
  const files = [];
  const open = [{ path: folder, depth: 0 }];
  for (let next = open.shift(); next && files.length < MOST_FILES; next = open.shift()) {
    const { path, depth } = next;
    const entries = await readdir2(path, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a2, b) => a2.name < b.name ? -1 : 1)) {
      if (entry.name.startsWith(".") || NOT_LOOKED_AT.has(entry.name)) continue;
      const inner = join5(path, entry.name);
      if (entry.isFile()) files.push(relative(folder, inner).split(sep).join("/"));
      else if (entry.isDirectory() && depth < DEPTH) open.push({ path: inner, depth: depth + 1 });
    }
  }
  return files;
}
async function yoloIn(folder, path) {
  try {
    const { splits } = await readDataYaml(join5(folder, path));
    const split = SPLITS.find((name) => splits.has(name));
    return split === void 0 ? [] : [{ format: "yolo", path, split }];
  } catch (error) {
    if (error instanceof GateError) return [];
    throw error;
  }
}
function cocoIn(files) {
  const exports = files.filter((file) => basename2(file) === "_annotations.coco.json");
  const roots = new Set(exports.map((file) => dirname4(dirname4(file))));
  const roboflow = [...roots].flatMap((path) => {
    const splits = exports.filter((file) => dirname4(dirname4(file)) === path);
    const split = bestSplit(splits.map((file) => basename2(dirname4(file))));
    return split === null ? [] : [{ format: "coco", path, split }];
  });
  const instances = files.filter((file) => /^instances_.*\.json$/.test(basename2(file))).sort((a2, b) => rank(a2) - rank(b)).map((path) => {
    const name = /^instances_(.*)\.json$/.exec(basename2(path))?.[1] ?? "";
    const beside = join5(dirname4(dirname4(path)), name);
    const images = [beside, join5(dirname4(dirname4(path)), "images", name)].find(
      (candidate) => files.some((file) => file.startsWith(`${candidate}/`))
    );
    return { format: "coco", path, ...images === void 0 ? {} : { images } };
  });
  return [...roboflow, ...instances];
}
function rank(file) {
  const at = SPLITS.findIndex((split) => basename2(file).includes(split));
  return at < 0 ? SPLITS.length : at;
}
function vocIn(files) {
  const kits = files.filter((file) => /(^|\/)ImageSets\/Main\/[^/]+\.txt$/.test(file)).map((file) => ({ path: dirname4(dirname4(dirname4(file))), split: basename2(file, ".txt") }));
  const folders = files.filter((file) => file.endsWith(".xml") && SPLITS.includes(basename2(dirname4(file)))).map((file) => ({ path: dirname4(dirname4(file)), split: basename2(dirname4(file)) }));
  const all = [...kits, ...folders];
  return [...new Set(all.map(({ path }) => path))].flatMap((path) => {
    const split = bestSplit(all.filter((one) => one.path === path).map((one) => one.split));
    return split === null ? [] : [{ format: "pascal-voc", path, split }];
  });
}
function bestSplit(names) {
  return SPLITS.find((split) => names.includes(split)) ?? null;
}

// src/init/write.ts
var import_yaml2 = __toESM(require_dist(), 1);
function configText(dataset, model) {
  return `# yaml-language-server: $schema=https://raw.githubusercontent.com/OWNER/robustness-gate/v0/schema.json
${(0, import_yaml2.stringify)({ version: 1, dataset, predictor: { kind: "onnx", model } })}suite:
  preset: standard           # quick for a first look, full for nightly runs
gate:
  maxDrop: 1                 # points that may be lost, at every level
  ruleOut: 5                 # a pass needs that drops over this are ruled out
`;
}
var WORKFLOW = `name: robustness
on: { pull_request: {}, push: { branches: [main] } }
permissions: { contents: read, actions: read, pull-requests: write }
jobs:
  gate:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
        with: { persist-credentials: false }
      - uses: OWNER/robustness-gate@v0
`;

// src/cli/init.ts
var CONFIG = "robustness.yml";
var WORKFLOW_FILE = join6(".github", "workflows", "robustness.yml");
function addInitCommand(program2) {
  program2.command("init").description("look for a data set and a model, and write robustness.yml and a workflow").argument("[folder]", "the repository", ".").action(async (folder) => {
    const { datasets, models, weights } = await findGate(folder);
    const [dataset, ...otherDatasets] = datasets;
    const [model, ...otherModels] = models;
    if (!dataset || model === void 0) {
      throw new GateError("usage", {
        message: `found ${dataset ? "no model (*.onnx)" : "no data set (data.yaml, _annotations.coco.json, instances_*.json, Pascal VOC)"} in ${folder}`,
        fix: `${dataset && weights[0] !== void 0 ? `export ${weights[0]} to ONNX (Ultralytics: yolo export model=${weights[0]} format=onnx)` : "put it there"}, or write robustness.yml yourself: README, "The config"; other models: docs/predictors.md`
      });
    }
    const files = [
      { file: CONFIG, text: configText(dataset, model) },
      { file: WORKFLOW_FILE, text: WORKFLOW }
    ];
    await refuseExisting(files.map(({ file }) => join6(folder, file)));
    for (const { file, text } of files) {
      await mkdir3(dirname5(join6(folder, file)), { recursive: true });
      await writeNew(join6(folder, file), text);
      note(`wrote ${join6(folder, file)}`);
    }
    note(
      `data set: ${dataset.format}, ${dataset.path}${others(otherDatasets.map(({ path }) => path))}`
    );
    note(`model: ${model}${others(otherModels)}`);
    note("next: robustness-gate validate");
  });
}
function others(names) {
  return names.length > 0 ? ` (there are also: ${names.slice(0, 5).join(", ")})` : "";
}
async function refuseExisting(files) {
  for (const file of files) {
    const there = await access(file).then(
      () => true,
      () => false
    );
    if (there) throw exists(file);
  }
}
async function writeNew(file, text) {
  await writeFile2(file, text, { flag: "wx" }).catch((error) => {
    throw new GateError("usage", { message: `cannot write ${file}: ${messageOf(error)}` });
  });
}
function exists(file) {
  return new GateError("usage", {
    message: `${file} is there already, nothing was written`,
    fix: "remove it first if it is to be written anew"
  });
}

// src/report/alone.ts
var noFailures = { losses: [], pictures: [], noPictures: null };
function runReport(manifest, failures = noFailures) {
  return {
    name: "default",
    verdict: {
      status: "no-baseline",
      sentence: "What this model does by itself: nothing is compared or judged.",
      reasons: [],
      failed: false
    },
    baseline: null,
    candidate: manifest,
    comparison: null,
    effects: [],
    source: null,
    reference: null,
    ...failures,
    audit: null,
    limits: [],
    changes: [],
    notes: manifest.notes,
    links: { report: null, run: null }
  };
}

// src/cli/merge.ts
var Flags7 = external_exports.object({ out: external_exports.string(), quiet: external_exports.boolean().default(false) });
function addMergeCommand(program2) {
  program2.command("merge").description("join the shards of a run: the same bytes as of the run that was never sharded").argument("<shard...>", "directories that `run --shard` left, in any order").option("--out <dir>", "the run directory", "robustness-run").addOption(quietOption()).action(async (shards, flags) => {
    const { out, quiet } = Flags7.parse(flags);
    const run = await mergeShards(external_exports.array(external_exports.string()).parse(shards), out, progressOf(quiet));
    print(renderConsole(runReport(run.manifest), { color: wantsColor() }));
    note(`run directory: ${out}`);
  });
}

// src/cli/perturb.ts
import { createHash } from "node:crypto";
import { mkdir as mkdir5, readFile as readFile2, writeFile as writeFile4 } from "node:fs/promises";
import { join as join8 } from "node:path";

// src/image/sheet.ts
var GAP2 = 6;
var LABEL_WIDTH = 150;
var HEAD2 = 28;
async function drawSheet(rows, columns, width) {
  const sharp = loadSharp();
  const first = rows.flatMap(({ images }) => images).find((image) => image !== null);
  const height = first ? Math.max(1, Math.round(width * first.height / first.width)) : width;
  const place = (column, row) => ({
    left: LABEL_WIDTH + column * (width + GAP2),
    top: HEAD2 + row * (height + GAP2)
  });
  const thumbnails = await Promise.all(
    rows.flatMap(
      ({ images }, row) => images.map(async (image, column) => {
        if (!image) return [];
        const raw = { width: image.width, height: image.height, channels: 3 };
        const input = await sharp(image.data, { raw }).resize(width, height, { fit: "contain", background: "#ffffff" }).png().toBuffer();
        return [{ input, ...place(column, row) }];
      })
    )
  );
  const size = {
    width: LABEL_WIDTH + columns.length * (width + GAP2),
    height: HEAD2 + rows.length * (height + GAP2)
  };
  const texts = [
    ...columns.map((text, column) => label(text, place(column, 0).left, 8)),
    ...rows.map((row, i) => label(row.label, 8, place(0, i).top + Math.round(height / 2) - 8))
  ];
  return sharp({ create: { ...size, channels: 3, background: "#ffffff" } }).composite([...thumbnails.flat(), ...texts]).png().toBuffer();
}
function label(text, left, top) {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return { input: { text: { text: escaped, font: "sans 10", dpi: 96, rgba: true } }, left, top };
}

// src/cli/perturb-dataset.ts
import { mkdir as mkdir4, writeFile as writeFile3 } from "node:fs/promises";
import { dirname as dirname6, join as join7 } from "node:path";
async function writeChangedDataset(configFile, directory, origins) {
  const config = await loadConfig(configFile);
  const { classes, samples } = await readDataset(
    config.dataset,
    datasetContext(configFile, origins)
  );
  const conditions = suiteConditions(config.suite);
  const { seed } = config.suite;
  const images = [];
  for (const [rank2, { path, digest }] of samples.entries()) {
    const original = await decodeImage(path);
    for (const condition of conditions) {
      const changed = await changedImage(original, digest, condition, seed);
      const file_name = `${condition.id.replace("/", "-")}/${rank2}.png`;
      await mkdir4(join7(directory, dirname6(file_name)), { recursive: true });
      await writeFile3(join7(directory, file_name), await encodePng(changed));
      const { width, height } = changed;
      const key = conditionKey(condition, seed);
      images.push({ id: images.length + 1, file_name, width, height, digest, condition: key });
    }
  }
  const listed2 = {
    images,
    annotations: [],
    categories: classes.map((name, index) => ({ id: index + 1, name }))
  };
  await writeFile3(join7(directory, "images.json"), `${JSON.stringify(listed2, null, 1)}
`);
  return images.length;
}

// src/cli/perturb.ts
var Flags8 = external_exports.object({
  name: external_exports.string().optional(),
  severity: external_exports.int(),
  seed: external_exports.int(),
  output: external_exports.string().optional(),
  sheet: external_exports.string().optional(),
  all: external_exports.string().optional(),
  config: external_exports.string().optional(),
  predictorOrigin: external_exports.array(external_exports.string()).default([])
});
var ListFlags = external_exports.object({ json: external_exports.boolean().default(false) });
var THUMBNAIL_WIDTH = 160;
function addPerturbCommands(program2) {
  program2.command("perturb").description(
    "write one changed image, a contact sheet of the suite, or every condition, as PNG"
  ).argument("[image]", "image file").option("--name <name>", "perturbation (see `perturbations`), with -o").option("--severity <n>", "1 to 5", parseWhole(1, 5), 3).option("--seed <n>", "seed of the suite", parseWhole(0, 4294967295), 0).option("-o, --output <file>", "the PNG").option(
    "--sheet <file>",
    "write a labelled contact sheet of every perturbation at every severity"
  ).option("--all <dir>", "write every condition into a folder").option(
    "-c, --config <file>",
    "with --all, in place of an image: every image of the config’s data set under its suite, and images.json, for a model that predicts elsewhere (predictor `detections-file`)"
  ).addOption(originOption()).action(async (file, flags) => {
    const parsed = Flags8.parse(flags);
    if (parsed.config !== void 0 && parsed.all !== void 0 && file === void 0) {
      const written = await writeChangedDataset(
        parsed.config,
        parsed.all,
        parsed.predictorOrigin
      );
      return note(`${written} images, images.json: ${parsed.all}`);
    }
    if (file === void 0) {
      throw new GateError("usage", {
        message: "no image",
        fix: "name an image, or a config with --config FILE --all DIR"
      });
    }
    const { name, severity, seed, output, sheet, all } = parsed;
    const change = await openImage(file, seed);
    if (sheet !== void 0) {
      await writeOutput(sheet, await contactSheet(change));
      note(`contact sheet: ${sheet}`);
    }
    if (all !== void 0) await writeAll2(change, all);
    if (name !== void 0 && output !== void 0) {
      const condition = conditionOf(perturbationNamed(name), severity);
      await writeOutput(output, await encodePng(await change(condition)));
      note(`${condition.id}: ${output}`);
    } else if (sheet === void 0 && all === void 0) {
      throw new GateError("usage", {
        message: "nothing to write",
        fix: "give --name NAME with -o OUT.png, or --sheet OUT.png, or --all DIR"
      });
    }
  });
  program2.command("perturbations").description("list what the suite can do to an image").option("--json", "with params and sources, as JSON").action((flags) => {
    if (ListFlags.parse(flags).json) return print(JSON.stringify(listing(), null, 2));
    const width = Math.max(...perturbations.map(({ name }) => name.length));
    print(
      perturbations.map(
        ({ name, family, severities, simulates }) => `${name.padEnd(width)}  ${family.padEnd(9)}  ${severities.length === 1 ? "1  " : "1-5"}  ${simulates}`
      ).join("\n")
    );
  });
}
function listing() {
  return perturbations.map(({ name, title, family, simulates, source, version, severities }) => ({
    name,
    title,
    family,
    simulates,
    source,
    version,
    severities
  }));
}
async function openImage(file, seed) {
  const bytes = await readFile2(file).catch(() => {
    throw new GateError("image", { message: `image not found: ${file}` });
  });
  const digest = createHash("sha256").update(bytes).digest("hex");
  const image = await decodeImage(file);
  return (condition) => changedImage(image, digest, condition, seed);
}
async function contactSheet(change) {
  const severities = [1, 2, 3, 4, 5];
  const rows = [{ label: "clean", images: [await change({ id: "clean", kind: "clean" })] }];
  for (const perturbation of perturbations) {
    const levels = severities.slice(0, perturbation.severities.length);
    const images = [];
    for (const level of levels) images.push(await change(conditionOf(perturbation, level)));
    rows.push({ label: perturbation.name, images });
  }
  return drawSheet(
    rows,
    severities.map((level) => `severity ${level}`),
    THUMBNAIL_WIDTH
  );
}
async function writeAll2(change, directory) {
  await mkdir5(directory, { recursive: true });
  const conditions = perturbations.flatMap(
    (perturbation) => perturbation.severities.map((_, i) => conditionOf(perturbation, i + 1))
  );
  for (const condition of [{ id: "clean", kind: "clean" }, ...conditions]) {
    const file = join8(directory, `${condition.id.replace("/", "-")}.png`);
    await writeFile4(file, await encodePng(await change(condition)));
  }
  note(`${conditions.length + 1} conditions: ${directory}`);
}
function perturbationNamed(name) {
  const perturbation = perturbations.find((candidate) => candidate.name === name);
  if (!perturbation) throw unknownPerturbation(name);
  return perturbation;
}
function unknownPerturbation(name) {
  const names = perturbations.map((perturbation) => perturbation.name);
  const near = nearest(name, names);
  return new GateError("usage", {
    message: `unknown perturbation "${name}"`,
    fix: near ? `did you mean "${near}"?` : `one of ${names.join(", ")}`
  });
}
function parseWhole(least, most) {
  return (value) => {
    const number2 = Number(value);
    if (!Number.isInteger(number2) || number2 < least || number2 > most) {
      throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
    }
    return number2;
  };
}

// src/cli/report.ts
var Flags9 = external_exports.object({
  config: external_exports.string().optional(),
  json: external_exports.boolean().default(false),
  quiet: external_exports.boolean().default(false),
  predictorOrigin: external_exports.array(external_exports.string()).default([])
});
function addReportCommand(program2) {
  withReporterOptions(program2.command("report")).description("show what a run directory says of one model").argument("<run>", "run directory").option("-c, --config <file>", "take the images of --html from this config’s data set").option("--json", "print the numbers as JSON").addOption(originOption()).addOption(quietOption()).action(async (directory, flags) => {
    const { config: file, json, quiet, predictorOrigin } = Flags9.parse(flags);
    const config = file === void 0 ? null : await loadConfig(file);
    const wanted = wantedReports(flags);
    const images = await findImages(wanted, config, file ?? "", predictorOrigin);
    const run = await readRun(directory);
    const failures = await showFailures(null, null, run, images, progressOf(quiet));
    const report = runReport(run.manifest, failures);
    const written = await writeReports(report, wanted, warn);
    for (const { reporter, file: name } of written) note(`${reporter.name}: ${name}`);
    printReport(report, json);
    if (written.length < wanted.length) process.exitCode = 2;
  });
}

// src/cli/run.ts
var Flags10 = external_exports.object({ out: external_exports.string(), shard: external_exports.string().optional() });
function addRunCommand(program2) {
  withEvaluateOptions(program2.command("run")).description("evaluate a model under the suite and leave its run directory").option("--out <dir>", "the run directory", "robustness-run").option("--shard <i/n>", "only this part of the images: `merge` joins the parts").action(async (flags) => {
    const { out, shard } = Flags10.parse(flags);
    if (shard !== void 0) {
      const options = evaluateOptions(flags, out);
      await evaluateShard(await makePlan(options), shardOf(shard), options);
      note(`shard: ${out}`);
      return;
    }
    const run = await evaluateModel(evaluateOptions(flags, out));
    printReport(runReport(run.manifest), false);
    note(`run directory: ${out}`);
  });
}
function shardOf(text) {
  const shard = parseShard(text);
  if (shard === null) {
    throw new GateError("usage", {
      message: `--shard: expected a part like 1/4, found "${text}"`,
      fix: "parts are counted from 1; at most 256"
    });
  }
  return shard;
}

// src/config/docs.ts
function configJsonSchema() {
  return {
    title: "robustness.yml",
    ...external_exports.toJSONSchema(ConfigSchema, { io: "input", unrepresentable: "any" })
  };
}

// src/cli/schema.ts
function addSchemaCommand(program2) {
  program2.command("schema").description("print the JSON Schema of the config").action(() => print(JSON.stringify(configJsonSchema(), null, 2)));
}

// src/evaluate/coco-files.ts
import { readFile as readFile3 } from "node:fs/promises";
var MOST_PROBLEMS = 20;
var id = external_exports.int();
var bbox = external_exports.tuple([external_exports.number(), external_exports.number(), external_exports.number(), external_exports.number()]);
var Truth = external_exports.looseObject({
  images: external_exports.array(external_exports.looseObject({ id })),
  categories: external_exports.array(external_exports.looseObject({ id })),
  annotations: external_exports.array(
    external_exports.looseObject({
      id: id.optional(),
      image_id: id,
      category_id: id,
      bbox,
      area: external_exports.number().optional(),
      iscrowd: external_exports.union([external_exports.literal(0), external_exports.literal(1), external_exports.boolean()]).optional()
    })
  )
});
var Detections = external_exports.array(
  external_exports.looseObject({ image_id: id, category_id: id, bbox, score: external_exports.number() })
);
async function readCoco(truthFile, detectionsFile) {
  const truth = await parseFile(truthFile, Truth, "a COCO instances file");
  const detections = await parseFile(detectionsFile, Detections, "a COCO results file");
  const images = new Set(truth.images.map((image) => image.id));
  const categories = new Set(truth.categories.map((category) => category.id));
  const problems = [
    ...strangers(truth.annotations, images, categories, truthFile, "annotations"),
    ...strangers(detections, images, categories, detectionsFile, ""),
    ...doubles(truth.annotations, truthFile)
  ];
  if (problems.length > 0) throw new GateError("dataset", problems.slice(0, MOST_PROBLEMS));
  const byCategory = new Map(
    [...categories].map((category) => [category, /* @__PURE__ */ new Map()])
  );
  const pairOf = (category, image) => {
    const pairs = byCategory.get(category);
    const pair = pairs.get(image) ?? { objects: [], detections: [] };
    pairs.set(image, pair);
    return pair;
  };
  for (const annotation of truth.annotations) {
    const { image_id, category_id, bbox: box, area, iscrowd } = annotation;
    pairOf(category_id, image_id).objects.push({
      bbox: box,
      area: area ?? box[2] * box[3],
      crowd: iscrowd === true || iscrowd === 1,
      unseen: annotation.id === 0
    });
  }
  for (const { image_id, category_id, bbox: box, score } of detections) {
    pairOf(category_id, image_id).detections.push({ bbox: box, score });
  }
  return {
    categories: [...categories].sort((a2, b) => a2 - b),
    pairs: (category) => [...byCategory.get(category)].sort(([a2], [b]) => a2 - b).map(([, pair]) => pair)
  };
}
async function parseFile(file, schema, what) {
  const problem = (message, key) => ({
    message,
    place: { file, ...key ? { key } : {} },
    fix: `expected ${what}`
  });
  const fail = (message) => {
    throw new GateError("dataset", problem(message));
  };
  const text = await readFile3(file, "utf8").catch(() => fail("file not found"));
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`not JSON: ${messageOf(error)}`);
  }
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => explainIssue(issue, {})).slice(0, MOST_PROBLEMS).map(({ message, path }) => problem(message, keyOf(path)));
  throw new GateError("dataset", problems);
}
function keyOf(path) {
  return path.reduce(
    (key, part2) => typeof part2 === "number" ? `${key}[${part2}]` : `${key}${key === "" ? "" : "."}${String(part2)}`,
    ""
  );
}
function doubles(annotations, file) {
  const seen = /* @__PURE__ */ new Set();
  return annotations.flatMap((annotation, i) => {
    if (annotation.id === void 0) return [];
    const twice = seen.has(annotation.id);
    seen.add(annotation.id);
    return twice ? [
      {
        message: `id ${annotation.id} is used twice`,
        place: { file, key: `annotations[${i}]` }
      }
    ] : [];
  });
}
function strangers(entries, images, categories, file, key) {
  return entries.flatMap(({ image_id, category_id }, i) => {
    const place = { file, key: `${key}[${i}]` };
    return [
      ...images.has(image_id) ? [] : [{ place, message: `image_id ${image_id} is not in the ground truth` }],
      ...categories.has(category_id) ? [] : [{ place, message: `category_id ${category_id} is not in the ground truth` }]
    ];
  });
}

// src/evaluate/coco.ts
var AREAS = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10]
};
var HIGHEST = 100;
var UNDEFINED = -1;
async function scoreCoco(truthFile, detectionsFile) {
  return scoreCocoData(await readCoco(truthFile, detectionsFile));
}
function scoreCocoData(data) {
  const classes = data.categories.map((category) => scoreCategory(data.pairs(category)));
  const average = (of) => {
    const values = classes.flatMap((scores) => of(scores) ?? []);
    return values.length === 0 ? UNDEFINED : mean(values);
  };
  return {
    AP: average(({ all }) => all && all.precisions),
    AP50: average(({ all }) => all && [all.precisions[0]]),
    AP75: average(({ all }) => all && [all.precisions[5]]),
    APs: average(({ small }) => small && small.precisions),
    APm: average(({ medium }) => medium && medium.precisions),
    APl: average(({ large }) => large && large.precisions),
    AR1: average(({ all }) => all && all.recalls(1)),
    AR10: average(({ all }) => all && all.recalls(10)),
    AR100: average(({ all }) => all && all.recalls(HIGHEST)),
    ARs: average(({ small }) => small && small.recalls(HIGHEST)),
    ARm: average(({ medium }) => medium && medium.recalls(HIGHEST)),
    ARl: average(({ large }) => large && large.recalls(HIGHEST))
  };
}
function formatCocoScore(score) {
  const line2 = (title, iou, area, most, value) => ` ${title} @[ IoU=${iou.padEnd(9)} | area=${area.padStart(6)} | maxDets=${String(most).padStart(3)} ] = ${value.toFixed(3)}`;
  const precision = "Average Precision  (AP)";
  const recall = "Average Recall     (AR)";
  return [
    line2(precision, "0.50:0.95", "all", 100, score.AP),
    line2(precision, "0.50", "all", 100, score.AP50),
    line2(precision, "0.75", "all", 100, score.AP75),
    line2(precision, "0.50:0.95", "small", 100, score.APs),
    line2(precision, "0.50:0.95", "medium", 100, score.APm),
    line2(precision, "0.50:0.95", "large", 100, score.APl),
    line2(recall, "0.50:0.95", "all", 1, score.AR1),
    line2(recall, "0.50:0.95", "all", 10, score.AR10),
    line2(recall, "0.50:0.95", "all", 100, score.AR100),
    line2(recall, "0.50:0.95", "small", 100, score.ARs),
    line2(recall, "0.50:0.95", "medium", 100, score.ARm),
    line2(recall, "0.50:0.95", "large", 100, score.ARl)
  ].join("\n");
}
function scoreCategory(pairs) {
  const overlaps = overlapList();
  const objects = [];
  const found = [];
  const places = [];
  for (const pair of pairs) {
    const scores = pair.detections.map(({ score: score2 }) => score2);
    const first = objects.length;
    for (const object of pair.objects) objects.push(object);
    for (const [place, row] of descendingOrder(scores).subarray(0, HIGHEST).entries()) {
      const detection = pair.detections[row];
      addOverlaps(detection, found.length, pair.objects, first, overlaps);
      found.push(detection);
      places.push(place);
    }
  }
  const order2 = descendingOrder(found.map(({ score: score2 }) => score2));
  const category = { objects, found, places, order: order2, overlaps };
  const score = (range) => scoreArea(category, AREAS[range]);
  return {
    all: score("all"),
    small: score("small"),
    medium: score("medium"),
    large: score("large")
  };
}
function scoreArea({ objects, found, places, order: order2, overlaps }, range) {
  const rows = found.length;
  const ignore = Uint8Array.from(
    objects,
    ({ area, crowd }) => Number(crowd || outside(area, range))
  );
  let positives = 0;
  for (const flag of ignore) positives += 1 - flag;
  if (positives === 0) return null;
  const { matched, ignored } = matchOverlaps(overlaps, rows, {
    ignore,
    crowd: Uint8Array.from(objects, ({ crowd }) => Number(crowd)),
    unseen: Uint8Array.from(objects, ({ unseen }) => Number(unseen))
  });
  found.forEach(({ bbox: [, , w, h] }, row) => {
    if (outside(w * h, range)) ignored[row] |= ALL_THRESHOLDS & ~matched[row];
  });
  const precisions = averagePrecisions({
    matched: reordered(matched, order2, new Uint16Array(rows)),
    ignored: reordered(ignored, order2, new Uint16Array(rows)),
    positives
  });
  if (!precisions) return null;
  return {
    precisions: [...precisions],
    recalls: (most) => Array.from(IOU_THRESHOLDS, (_, threshold) => {
      let hits2 = 0;
      for (let row = 0; row < rows; row++) {
        const hit = matched[row] & ~ignored[row] & 1 << threshold;
        if (hit && places[row] < most) hits2 += 1;
      }
      return hits2 / positives;
    })
  };
}
function outside(area, [least, most]) {
  return area < least || area > most;
}
function addOverlaps({ bbox: [dx, dy, dw, dh] }, row, objects, first, overlaps) {
  for (let g = 0; g < objects.length; g++) {
    const { bbox: bbox2, crowd } = objects[g];
    const [gx, gy, gw, gh] = bbox2;
    const w = Math.min(dx + dw, gx + gw) - Math.max(dx, gx);
    if (w <= 0) continue;
    const h = Math.min(dy + dh, gy + gh) - Math.max(dy, gy);
    if (h <= 0) continue;
    const shared = w * h;
    const iou = shared / (crowd ? dw * dh : dw * dh + gw * gh - shared);
    if (iou >= IOU_THRESHOLDS[0]) overlaps.add(row, first + g, iou);
  }
}

// src/cli/score.ts
var Flags11 = external_exports.object({
  truth: external_exports.string(),
  detections: external_exports.string(),
  json: external_exports.boolean().default(false)
});
function addScoreCommand(program2) {
  program2.command("score").description("the twelve COCO numbers of a detections file, as pycocotools prints them").requiredOption("--truth <file>", "COCO instances JSON").requiredOption("--detections <file>", "COCO results JSON").option("--json", "print them as JSON").action(async (flags) => {
    const { truth, detections, json } = Flags11.parse(flags);
    const score = await scoreCoco(truth, detections);
    print(json ? JSON.stringify(score, null, 2) : formatCocoScore(score));
  });
}

// src/cli/site.ts
import { existsSync } from "node:fs";
import { copyFile, mkdir as mkdir6, readdir as readdir3, stat } from "node:fs/promises";
import { basename as basename3, extname, join as join9, resolve as resolve3 } from "node:path";

// src/report/history.ts
var number = external_exports.number().nullable();
var HistorySchema = external_exports.object({
  schemaVersion: external_exports.literal(1),
  name: external_exports.string(),
  verdict: external_exports.object({
    status: external_exports.enum(["pass", "regressed", "inconclusive", "no-baseline", "incomplete"]),
    sentence: external_exports.string()
  }),
  candidate: external_exports.object({
    model: external_exports.object({ file: external_exports.string(), digest: external_exports.string() }),
    /** mAP x 100 and risk of the candidate alone. */
    nodes: external_exports.array(external_exports.object({ level: external_exports.string(), name: external_exports.string(), map: number, risk: number }))
  }),
  dataset: external_exports.object({ images: external_exports.int(), imagesDigest: external_exports.string(), labelsDigest: external_exports.string() }),
  suite: external_exports.object({ digest: external_exports.string(), conditions: external_exports.array(external_exports.string()) }),
  comparison: external_exports.object({
    nodes: external_exports.array(
      external_exports.object({
        level: external_exports.string(),
        drop: external_exports.number(),
        interval: external_exports.tuple([external_exports.number(), external_exports.number()])
      })
    )
  }).nullable(),
  links: external_exports.object({ report: external_exports.string().nullable() })
});

// src/report/site/runs.ts
var DATED = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[T_ ]([01]\d|2[0-3])[-:.h]?([0-5]\d)(?:[-:.]?[0-5]\d)?Z?)?(?:[-_. ]+|$)/;
function dateOf(name) {
  const match = DATED.exec(name);
  if (!match) return { when: null, label: name };
  const [prefix, day = "", hour, minute] = match;
  return {
    when: hour === void 0 ? day : `${day} ${hour}:${minute}`,
    label: name.slice(prefix.length)
  };
}
function byGate(runs) {
  const names = [...new Set(runs.map(({ entry }) => entry.name))];
  return names.map((name) => ({ name, runs: runs.filter(({ entry }) => entry.name === name) }));
}
function runTitle({ when, label: label2 }) {
  return [when, plain(label2)].filter((part2) => part2 !== null && part2 !== "").join(" · ") || "run";
}
function valueOf({ entry }, of, level, name = level) {
  const node = entry.candidate.nodes.find((one) => one.level === level && one.name === name);
  return node?.[of] ?? null;
}
function familiesOf(runs) {
  const names = runs.flatMap(
    ({ entry }) => entry.candidate.nodes.filter(({ level }) => level === "family").map(({ name }) => name)
  );
  return [...new Set(names)];
}
function changeOf(runs, index) {
  const [before, now] = [runs[index - 1]?.entry, runs[index]?.entry];
  if (!before || !now) return null;
  const changed = [
    before.dataset.imagesDigest === now.dataset.imagesDigest ? null : "images",
    before.dataset.labelsDigest === now.dataset.labelsDigest ? null : "labels",
    before.suite.digest === now.suite.digest ? null : "suite"
  ].filter((part2) => part2 !== null);
  return changed.length === 0 ? null : `${changed.join(", ")} changed`;
}

// src/report/site/style.ts
var siteCss = `
.trend{position:relative;margin:14px 0 0}
.trend h3{margin:0 0 2px}
.trend svg{display:block;width:100%;overflow:visible}
.trend path{fill:none;vector-effect:non-scaling-stroke}
.t-overall path{stroke:var(--cand);stroke-width:2.4}.t-overall circle{fill:var(--cand)}
.t-clean path{stroke:var(--base);stroke-width:2;stroke-dasharray:6 4}.t-clean circle{fill:var(--base)}
.t-risk path{stroke:var(--warn);stroke-width:2.4}.t-risk circle{fill:var(--warn)}
.break{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:2 3}
.mark{font-size:13px;font-weight:700}
.mark.regressed{fill:var(--bad)}.mark.pass{fill:var(--good)}.mark.inconclusive,.mark.incomplete{fill:var(--warn)}.mark.no-baseline{fill:var(--muted)}
.word{white-space:nowrap;font-weight:600}.word.regressed{color:var(--bad)}.word.pass{color:var(--good)}
.word.inconclusive,.word.incomplete{color:var(--warn)}.word.no-baseline{color:var(--muted);font-weight:500}
.trends{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:6px 28px}
.trend figcaption{display:flex;justify-content:space-between;gap:8px;font-size:14px;font-weight:600}
.trend figcaption span{font-weight:500;color:var(--muted);white-space:nowrap;font-variant-numeric:tabular-nums}
figure.trend{margin:14px 0 0}
.runs td,.runs th{white-space:nowrap}.runs th .small{font-weight:400}.runs td.model{white-space:normal;min-width:8em}
`;

// src/report/site/table.tsx
function RunTable(props) {
  const { runs, newestFirst } = props;
  const heads = ["clean", "perturbed", "risk", "drop"];
  return /* @__PURE__ */ a("div", { class: "scroll", children: /* @__PURE__ */ a("table", { class: "runs", children: [
    /* @__PURE__ */ a("thead", { children: /* @__PURE__ */ a("tr", { children: [
      /* @__PURE__ */ a("th", { scope: "col", children: "run" }),
      /* @__PURE__ */ a("th", { scope: "col", children: "verdict" }),
      heads.map((head) => /* @__PURE__ */ a("th", { scope: "col", class: "n", children: head })),
      /* @__PURE__ */ a("th", { scope: "col", children: "model" }),
      /* @__PURE__ */ a("th", { scope: "col", children: "report" })
    ] }) }),
    /* @__PURE__ */ a("tbody", { children: newestFirst.map((index) => /* @__PURE__ */ a(Row, { run: runs[index], change: changeOf(runs, index) })) })
  ] }) });
}
function Row({ run, change }) {
  const { verdict, candidate, comparison } = run.entry;
  const { shape, word } = statusMarks[verdict.status];
  const overall = comparison?.nodes.find(({ level }) => level === "overall");
  return /* @__PURE__ */ a("tr", { children: [
    /* @__PURE__ */ a("th", { scope: "row", children: [
      plain(run.when ?? run.label),
      run.when !== null && run.label !== "" ? /* @__PURE__ */ a("div", { class: "small mono", children: plain(run.label) }) : null,
      change === null ? null : /* @__PURE__ */ a("div", { class: "small", children: change })
    ] }),
    /* @__PURE__ */ a("td", { children: /* @__PURE__ */ a("span", { class: `word ${verdict.status}`, title: plain(verdict.sentence, MAX_SENTENCE), children: [
      shape,
      " ",
      word
    ] }) }),
    /* @__PURE__ */ a("td", { class: "n", children: points(valueOf(run, "map", "clean")) }),
    /* @__PURE__ */ a("td", { class: "n", children: points(valueOf(run, "map", "overall")) }),
    /* @__PURE__ */ a("td", { class: "n", children: points(valueOf(run, "risk", "overall")) }),
    /* @__PURE__ */ a("td", { class: "n", children: overall ? plusMinus(overall.drop, (overall.interval[1] - overall.interval[0]) / 2) : "–" }),
    /* @__PURE__ */ a("td", { class: "model", children: [
      plain(candidate.model.file),
      " ",
      /* @__PURE__ */ a("span", { class: "small mono", children: short(plain(candidate.model.digest)) })
    ] }),
    /* @__PURE__ */ a("td", { children: run.report === null ? "–" : /* @__PURE__ */ a(ReportLink, { run, text: "report" }) })
  ] });
}
function ReportLink({ run, text }) {
  const { report } = run;
  const safe = report !== null && (/^reports\/[\w.-]+\.html$/.test(report) || webAddress(report));
  return safe ? /* @__PURE__ */ a("a", { href: report, children: text }) : /* @__PURE__ */ a($, { children: "–" });
}

// src/report/site/trend.tsx
var FRAME = 1e3;
var LEAST_SPAN = 8;
var MOST_MARKS = 90;
function Trend(props) {
  const { runs, series, height, marks } = props;
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const y = linear().domain(spanOf(known)).range([height - 6, 10]).nice(4);
  const x = (index) => runs.length < 2 ? 50 : 5 + 92 * index / (runs.length - 1);
  return /* @__PURE__ */ a("svg", { height: height + (marks ? 40 : 4), role: "img", "aria-label": describe(runs, series), children: [
    y.ticks(height > 100 ? 4 : 2).map((tick) => /* @__PURE__ */ a("g", { children: [
      /* @__PURE__ */ a("line", { class: "grid-line", x1: "0", x2: "100%", y1: pixel(y(tick)), y2: pixel(y(tick)) }),
      /* @__PURE__ */ a("text", { class: "tick", x: "0", y: pixel(y(tick)) - 3, children: tick })
    ] })),
    /* @__PURE__ */ a(Breaks, { runs, x, height }),
    /* @__PURE__ */ a(
      "svg",
      {
        viewBox: `0 0 ${FRAME} ${height}`,
        preserveAspectRatio: "none",
        height,
        width: "100%",
        children: series.map(({ kind, values }) => /* @__PURE__ */ a("g", { class: `t-${kind}`, children: partsOf2(runs, values).map((part2) => /* @__PURE__ */ a("path", { d: pathOf(part2, x, y) })) }))
      }
    ),
    series.map(({ kind, title, values }) => /* @__PURE__ */ a("g", { class: `t-${kind}`, children: values.map(
      (value, i) => value === null ? null : /* @__PURE__ */ a(
        "circle",
        {
          cx: percent(x(i)),
          cy: pixel(y(value)),
          r: runs.length > MOST_MARKS ? 1.5 : 2.5,
          children: /* @__PURE__ */ a("title", { children: `${runTitle(runs[i])}: ${title} ${points(value)}` })
        }
      )
    ) })),
    marks ? /* @__PURE__ */ a(Marks, { runs, x, top: height + 16 }) : null
  ] });
}
function spanOf(values) {
  if (values.length === 0) return [0, 100];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const more = Math.max(0, LEAST_SPAN - (high - low)) / 2;
  return [Math.max(0, low - more), Math.min(100, high + more)];
}
function partsOf2(runs, values) {
  const parts = [[]];
  values.forEach((value, index) => {
    if (value === null || changeOf(runs, index) !== null) parts.push([]);
    if (value !== null) parts.at(-1).push({ index, value });
  });
  return parts.filter(({ length }) => length > 1);
}
function pathOf(part2, x, y) {
  const path = line().x(({ index }) => pixel(x(index) * FRAME / 100)).y(({ value }) => pixel(y(value)));
  return path([...part2]) ?? "";
}
function Breaks(props) {
  const { runs, x, height } = props;
  return /* @__PURE__ */ a("g", { children: runs.map((run, i) => {
    const change = changeOf(runs, i);
    const at = percent((x(i - 1) + x(i)) / 2);
    return change === null ? null : /* @__PURE__ */ a("line", { class: "break", x1: at, x2: at, y1: "0", y2: height, children: /* @__PURE__ */ a("title", { children: `before ${runTitle(run)}: ${change}` }) });
  }) });
}
function Marks(props) {
  const { runs, x, top } = props;
  const many = runs.length > MOST_MARKS;
  return /* @__PURE__ */ a("g", { children: [
    runs.map((run, i) => {
      const { status } = run.entry.verdict;
      return many && status === "pass" ? null : /* @__PURE__ */ a("text", { class: `mark ${status}`, x: percent(x(i)), y: top, "text-anchor": "middle", children: [
        statusMarks[status].shape,
        /* @__PURE__ */ a("title", { children: `${runTitle(run)}: ${statusMarks[status].word}` })
      ] });
    }),
    /* @__PURE__ */ a("text", { class: "tick", x: "0", y: top + 20, children: runs[0]?.when ?? "first" }),
    runs.length > 1 ? /* @__PURE__ */ a("text", { class: "tick", x: "100%", y: top + 20, "text-anchor": "end", children: runs.at(-1)?.when ?? "last" }) : null
  ] });
}
function describe(runs, series) {
  const parts = series.map(({ title, values }) => {
    const known = values.filter((value) => value !== null);
    return `${title} from ${points(known[0] ?? null)} to ${points(known.at(-1) ?? null)}`;
  });
  return `${runs.length} runs: ${parts.join(", ")}`;
}

// src/report/site/page.tsx
var MOST_ROWS = 60;
function renderSite(gates) {
  return `<!doctype html>
${z(/* @__PURE__ */ a(Page2, { gates }))}
`;
}
function Page2({ gates }) {
  return /* @__PURE__ */ a("html", { lang: "en", children: [
    /* @__PURE__ */ a(Head, { title: "Robustness history", style: siteCss }),
    /* @__PURE__ */ a("body", { children: [
      /* @__PURE__ */ a("header", { class: "top", children: [
        /* @__PURE__ */ a("span", { children: [
          /* @__PURE__ */ a("b", { children: "Robustness Gate" }),
          " history"
        ] }),
        gates.length > 1 ? /* @__PURE__ */ a("nav", { "aria-label": "Gates", children: gates.map(({ name }, i) => /* @__PURE__ */ a("a", { href: `#gate-${i}`, children: plain(name) })) }) : null
      ] }),
      /* @__PURE__ */ a("main", { children: [
        gates.map((gate, i) => /* @__PURE__ */ a(
          Gate,
          {
            gate,
            id: `gate-${i}`,
            named: gates.length > 1 || gate.name !== "default"
          }
        )),
        /* @__PURE__ */ a("footer", { children: "Made by Robustness Gate. No scripts, no requests." })
      ] })
    ] })
  ] });
}
function Gate({ gate: { name, runs }, id: id2, named }) {
  const newest = runs.at(-1);
  if (!newest) return null;
  const of = named ? ` · ${plain(name)}` : "";
  return /* @__PURE__ */ a("div", { id: id2, children: [
    /* @__PURE__ */ a(Newest, { runs, run: newest, name: named ? plain(name) : null, id: id2 }),
    /* @__PURE__ */ a(
      Part,
      {
        id: `${id2}-trend`,
        title: `Over time${of}`,
        lead: "Each model alone, on the data set as it was then. A dotted line is where images, labels or suite changed: numbers on its two sides cannot be held against each other.",
        children: [
          /* @__PURE__ */ a(Legend, {}),
          /* @__PURE__ */ a(Chart, { runs, title: "mAP × 100", levels: ["clean", "overall"], of: "map" }),
          /* @__PURE__ */ a(Chart, { runs, title: "Risk score, lower is better", levels: ["overall"], of: "risk" })
        ]
      }
    ),
    /* @__PURE__ */ a(Families, { runs, id: id2, of }),
    /* @__PURE__ */ a(Part, { id: `${id2}-runs`, title: `Runs (${runs.length})${of}`, children: [
      /* @__PURE__ */ a(RunTable, { runs, newestFirst: [...runs.keys()].reverse().slice(0, MOST_ROWS) }),
      runs.length > MOST_ROWS ? /* @__PURE__ */ a("details", { children: [
        /* @__PURE__ */ a("summary", { children: count(runs.length - MOST_ROWS, "older run") }),
        /* @__PURE__ */ a(RunTable, { runs, newestFirst: [...runs.keys()].reverse().slice(MOST_ROWS) })
      ] }) : null
    ] })
  ] });
}
function Newest(props) {
  const { runs, run, name, id: id2 } = props;
  const { verdict, candidate, dataset, suite } = run.entry;
  const { shape, word } = statusMarks[verdict.status];
  return /* @__PURE__ */ a("section", { class: `verdict ${verdict.status}`, "aria-labelledby": `${id2}-title`, children: [
    /* @__PURE__ */ a("div", { class: "badge", children: [
      /* @__PURE__ */ a("span", { "aria-hidden": "true", children: shape }),
      name === null ? word : `${name}: ${word}`
    ] }),
    /* @__PURE__ */ a("h1", { id: `${id2}-title`, children: plain(verdict.sentence, MAX_SENTENCE) }),
    /* @__PURE__ */ a("p", { class: "who", children: [
      runTitle(run),
      " · model ",
      /* @__PURE__ */ a("b", { children: plain(candidate.model.file) }),
      " ·",
      " ",
      count(dataset.images, "image"),
      ", ",
      count(suite.conditions.length, "condition"),
      run.report === null ? null : /* @__PURE__ */ a($, { children: [
        " · ",
        /* @__PURE__ */ a(ReportLink, { run, text: "open its report" })
      ] })
    ] }),
    /* @__PURE__ */ a("dl", { class: "cards", children: [
      /* @__PURE__ */ a(Card, { runs, title: "Risk score, lower is better", of: "risk", level: "overall" }),
      /* @__PURE__ */ a(Card, { runs, title: "mAP on clean images", of: "map", level: "clean" }),
      /* @__PURE__ */ a(Card, { runs, title: "mAP on perturbed images", of: "map", level: "overall" })
    ] })
  ] });
}
function Card(props) {
  const { runs, title, of, level } = props;
  const last = runs.length - 1;
  const now = valueOf(runs[last], of, level);
  if (now === null) return null;
  const before = last > 0 && changeOf(runs, last) === null ? valueOf(runs[last - 1], of, level) : null;
  return /* @__PURE__ */ a("div", { children: [
    /* @__PURE__ */ a("dt", { children: title }),
    /* @__PURE__ */ a("dd", { class: "big", children: points(now) }),
    /* @__PURE__ */ a("dd", { class: "small", children: before === null ? "no run before that can be held against it" : `${signed(now - before)} since the run before` })
  ] });
}
function Legend() {
  const items = [
    { kind: "overall", text: "perturbed images (mean over families)" },
    { kind: "clean", text: "clean images" }
  ];
  return /* @__PURE__ */ a("ul", { class: "legend trend", children: [
    items.map(({ kind, text }) => /* @__PURE__ */ a("li", { children: [
      /* @__PURE__ */ a("svg", { style: "width:34px", height: "10", "aria-hidden": "true", class: `t-${kind}`, children: /* @__PURE__ */ a("path", { d: "M0 5H34" }) }),
      text
    ] })),
    Object.values(statusMarks).map(({ shape, word }) => /* @__PURE__ */ a("li", { children: [
      /* @__PURE__ */ a("b", { "aria-hidden": "true", children: shape }),
      " ",
      word
    ] }))
  ] });
}
function Chart(props) {
  const { runs, title, levels, of } = props;
  const series = levels.map((level) => ({
    kind: of === "risk" ? "risk" : level,
    title: level === "clean" ? "clean" : of === "risk" ? "risk" : "perturbed",
    values: runs.map((run) => valueOf(run, of, level))
  }));
  if (series.every(({ values }) => values.every((value) => value === null))) return null;
  return /* @__PURE__ */ a("div", { class: "trend", children: [
    /* @__PURE__ */ a("h3", { children: title }),
    /* @__PURE__ */ a(Trend, { runs, series, height: of === "map" ? 220 : 120, marks: of === "map" })
  ] });
}
function Families({ runs, id: id2, of }) {
  const families2 = familiesOf(runs);
  if (families2.length === 0) return null;
  return /* @__PURE__ */ a(
    Part,
    {
      id: `${id2}-families`,
      title: `Families${of}`,
      lead: "mAP × 100 under each family of perturbations.",
      children: /* @__PURE__ */ a("div", { class: "trends", children: families2.map((family) => {
        const values = runs.map((run) => valueOf(run, "map", "family", family));
        return /* @__PURE__ */ a("figure", { class: "trend", children: [
          /* @__PURE__ */ a("figcaption", { children: [
            plain(family),
            " ",
            /* @__PURE__ */ a("span", { children: points(values.at(-1) ?? null) })
          ] }),
          /* @__PURE__ */ a(
            Trend,
            {
              runs,
              series: [{ kind: "overall", title: plain(family), values }],
              height: 80,
              marks: false
            }
          )
        ] });
      }) })
    }
  );
}

// src/cli/site.ts
var Flags12 = external_exports.object({ out: external_exports.string() });
var MAX_DOCUMENT_BYTES = 64 * 2 ** 20;
function addSiteCommand(program2) {
  program2.command("site").description(
    "draw the history of nightly or main runs: an index page with charts, verdicts and a table, ready for GitHub Pages"
  ).argument(
    "<histories...>",
    "in order: history.json files (or verdicts of --json), run directories, or folders of such files; a name that begins with a date says when"
  ).requiredOption("--out <dir>", "where index.html and reports/ go").action(async (histories, flags) => {
    const { out } = Flags12.parse(flags);
    const found = (await Promise.all(histories.map(findRuns))).flat();
    if (found.length === 0) {
      throw new GateError("usage", { message: `no history in ${histories.join(", ")}` });
    }
    await mkdir6(join9(out, "reports"), { recursive: true });
    const runs = await writePages(found, out);
    const gates = byGate(runs);
    await writeOutput(join9(out, "index.html"), renderSite(gates));
    for (const [i, gate] of gates.entries()) {
      const badge = i === 0 ? "badge.json" : `badge-${fileName(gate.name)}.json`;
      await writeOutput(join9(out, badge), historyBadge(gate.runs.at(-1).entry));
    }
    note(`site: ${join9(out, "index.html")}, ${runs.length} runs`);
  });
}
async function findRuns(path) {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw new GateError("usage", { message: `not found: ${path}` });
  if (!stats.isDirectory()) return [await readHistory(path)];
  if (existsSync(join9(path, "run.json"))) return [await readRunDirectory(path)];
  const names = (await readdir3(path)).filter((name) => extname(name) === ".json").sort();
  return Promise.all(names.map((name) => readHistory(join9(path, name))));
}
async function readHistory(file) {
  const bytes = await readBounded(file, "the history", MAX_DOCUMENT_BYTES, "usage");
  const name = basename3(file, extname(file));
  const page = `${file.slice(0, -extname(file).length)}.html`;
  return {
    name,
    entry: parseHistory(bytes.toString(), file),
    page: existsSync(page) ? (to) => copyFile(page, to) : null
  };
}
function parseHistory(text, file) {
  const fix = "a history is what --history writes, or what --json prints of two runs";
  try {
    return HistorySchema.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof external_exports.ZodError ? error.issues : [];
    const message = issue ? `not a history: ${issue.path.join(".") || "the document"} is missing or of another kind` : `not JSON: ${messageOf(error)}`;
    throw new GateError("usage", { message, place: { file }, fix }, { cause: error });
  }
}
async function readRunDirectory(directory) {
  const report = runReport(await readManifest(directory));
  return {
    name: basename3(resolve3(directory)),
    entry: historyEntry(report),
    page: (to) => writeOutput(to, renderHtml(report))
  };
}
async function writePages(found, out) {
  const taken = /* @__PURE__ */ new Set();
  const runs = [];
  for (const { name, entry, page } of found) {
    const file = `reports/${unused(fileName(name), taken)}.html`;
    if (page !== null) await page(join9(out, file));
    runs.push({ ...dateOf(name), entry, report: page === null ? entry.links.report : file });
  }
  return runs;
}
function fileName(name) {
  return name.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 80) || "run";
}
function unused(name, taken) {
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}-${n}`;
  taken.add(free.toLowerCase());
  return free;
}

// src/compare/resolution.ts
var import_stats_base_dists_normal_cdf = __toESM(require_lib(), 1);
var MODEL_CORRELATION = 0.78;
var PAIRING = Math.sqrt(2 * (1 - MODEL_CORRELATION));
var RISK_PAIRING = 2.22 / 3;
var REPLICATES2 = 1e3;
var USUAL_CRITICAL = 2.88;
var POWER_80 = 0.8416;
var FAMILY_SPREAD = 35.4;
var CONDITION_SPREAD = 41.4;
async function resolutionOfRun(run, policy) {
  const { manifest } = run;
  const groups = groupsOf(manifest);
  const classCount = manifest.dataset.classes.length;
  const counts = countGroups(await run.truth(0), groups, classCount);
  const gated = counts.map((count2) => count2 >= LEAST_CLASS_GROUPS);
  const nothing = { map: 0, influence: new Float64Array(groups.count), classes: [] };
  const pairs = [];
  let clean = null;
  for (const [index, condition] of manifest.suite.conditions.entries()) {
    const [truth, detections] = [await run.truth(index), await run.detections(index)];
    const matched = matchCondition(truth, detections, classCount);
    const found = findObjects(matched, manifest.confidence.value);
    clean ??= found;
    const columns = mapColumns(found, gated, groups);
    const risk = policy.metric === "risk" && condition.kind === "perturbed" ? riskColumns(clean, found, forwarder(conditionWarps(manifest, condition)), groups) : null;
    const { metric, value, ...of } = gatedColumn(
      policy.metric,
      found,
      columns,
      risk,
      gated,
      groups
    );
    const pairing = metric === "risk" ? RISK_PAIRING : PAIRING;
    const influence = of.influence.map((own) => pairing * own);
    const map = { baseline: columns, candidate: nothing };
    pairs.push({
      map,
      gated: {
        metric,
        baseline: { value, influence },
        candidate: { value: 0, influence: nothing.influence }
      },
      classes: /* @__PURE__ */ new Map(),
      risk: null,
      newlyLost: [],
      redrawn: null,
      newlyFixed: []
    });
  }
  const nodes = suiteNodes(manifest.suite.conditions);
  const { seed } = manifest.suite;
  const { results } = compareNodes(nodes, pairs, policy, groups.count, REPLICATES2, seed);
  return {
    source: "run",
    gated: policy.metric,
    nodes: results.filter(({ level, untested }) => shown(level) && untested === null).map(({ level, name, metric, maxDrop, detectableDrop, ruledOut, drop }) => ({
      level,
      name,
      metric,
      maxDrop,
      detectableDrop,
      ruledOut: ruledOut - drop
    }))
  };
}
function resolutionOfCounts(objects, { images, groups }, conditions, policy) {
  const present = objects.filter((count2) => count2 > 0);
  const spread = Math.sqrt(present.reduce((sum, count2) => sum + 1 / count2, 0) * (images / groups));
  const unit = spread / Math.max(present.length, 1);
  const degrees = degreesOf(groups);
  const critical = -studentQuantile((0, import_stats_base_dists_normal_cdf.default)(-USUAL_CRITICAL, 0, 1), degrees);
  const quantile = studentQuantile(1 - ruleOutAlphaOf(policy), degrees);
  return {
    source: "counts",
    gated: policy.metric,
    nodes: suiteNodes(conditions).filter(({ level }) => shown(level)).map(({ level, name }) => {
      const error = unit * (level === "clean" ? CONDITION_SPREAD : FAMILY_SPREAD);
      const maxDrop = marginOf(policy, level, name);
      return {
        level,
        name,
        metric: "map",
        maxDrop,
        detectableDrop: maxDrop + (critical + POWER_80) * error,
        ruledOut: quantile * error
      };
    })
  };
}
function shown(level) {
  return level === "clean" || level === "family";
}
function smallestDrop({ nodes }) {
  return nodes.reduce(
    (worst, node) => worst && worst.detectableDrop >= node.detectableDrop ? worst : node,
    null
  );
}
function groupsNeeded({ nodes }, groups, wanted) {
  if (nodes.length === 0 || nodes.some(({ maxDrop }) => wanted <= maxDrop)) return null;
  const factors = nodes.map(
    ({ detectableDrop, maxDrop }) => ((detectableDrop - maxDrop) / (wanted - maxDrop)) ** 2
  );
  return Math.ceil(groups * Math.max(...factors));
}

// src/report/reporters/validation-console.ts
function renderValidation(validation) {
  const { warnings, notes, families: families2, conditions, inferences, cached, workers, classes, clean } = validation;
  const ready = warnings.length === 0 ? "Ready to run: config, data set and model are usable." : `Usable, but with ${count(warnings.length, "warning")}.`;
  const left = inferences - cached;
  const time = left === 0 ? "all of them in the cache already" : `${cached > 0 ? `${grouped(left)} not in the cache yet, ` : ""}about ${duration(validation.seconds)} with ${count(workers, "worker")}`;
  return [
    ready,
    ...warnings.map((warning) => `  warning: ${terminal(warning)}`),
    ...notes.map((note2) => `  note: ${terminal(note2)}`),
    "",
    `Data set     ${count(validation.images, "image")} in ${count(validation.groups, "independent group")}`,
    ...classes.map(({ name, objects }) => `  ${terminal(name, 40)}: ${count(objects, "object")}`),
    `Model        mAP ${points(clean.map)} on ${count(clean.images, "clean image")}`,
    `Suite        clean and ${families2.map((family) => `${family.name} ${family.conditions}`).join(", ")}: ${count(conditions, "condition")}`,
    `Inferences   ${grouped(inferences)}, ${time}`,
    "",
    ...resolutionLines(validation)
  ].join("\n");
}
function resolutionLines({ resolution, wanted, groups }) {
  if (groups < LEAST_GROUPS) {
    return [
      `No drop would be judged: that takes ${LEAST_GROUPS} independent groups of images, there are ${groups}.`
    ];
  }
  const worst = resolution ? smallestDrop(resolution) : null;
  if (!resolution || !worst) return ["Nothing can be judged: the model finds next to nothing."];
  return [
    `A drop of about ${points(worst.detectableDrop)} points (${metrics[worst.metric].title}) or more, on clean images or in any family, would be seen about 4 times out of 5.`,
    ...resolution.nodes.map(
      (node) => `  ${nodeTitle(node)}${node.metric === worst.metric ? "" : ` (${metrics[node.metric].title})`}: about ${points(node.detectableDrop)} (${points(node.maxDrop)} allowed); when nothing changed, drops over about ${points(node.ruledOut)} are ruled out`
    ),
    basis(resolution),
    wanted.groups === null ? `ruleOut (${points(wanted.drop)}) is not over maxDrop: no number of images shows a drop that small.` : wanted.groups <= groups ? `The config asks for ${points(wanted.drop)} points (ruleOut): these images are enough.` : `The config asks for ${points(wanted.drop)} points (ruleOut): about ${grouped(wanted.groups)} independent images would be needed, there are ${grouped(groups)}.`
  ];
}
function basis({ source, gated }) {
  const other = gated === "map" ? "" : ` The gate judges the ${metrics[gated].title}, of which no rule of thumb is known.`;
  return source === "run" ? "Forecast from a run of these images, for a candidate that is as like it as models usually are; every comparison prints its own." : `By rule of thumb from the objects of each class; real models often do better.${other} With --baseline DIR, or after a run, it is computed.`;
}
function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
}

// src/validate/validate.ts
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join10 } from "node:path";
var TRIED_IMAGES = 50;
var ENOUGH_GROUPS = 80;
var FEW_OBJECTS = 5;
var TIMING_BUDGET = 8;
async function validateGate(options) {
  const plan = await makePlan(options);
  const { config, dataset, conditions, head } = plan;
  const baseline = options.baseline === null ? null : await readRun(options.baseline);
  const differences = baseline ? compareManifests(baseline.manifest, head) : null;
  const found = await tryClean(plan, options);
  const clean = scoreClean(dataset, found);
  const reference = baseline?.manifest.metrics[0]?.map ?? null;
  const setup = setupOf(plan, options, reference);
  const wrong = setup && await findWrongSetup(setup, found);
  const missing = await countMissing(plan, options);
  const inferences = dataset.samples.length * conditions.length;
  const { groups } = head.dataset;
  const known = baseline && differences?.kind === "comparable" ? await resolutionOfRun(baseline, config.gate) : missing === 0 ? await withRun(plan, options, (run) => resolutionOfRun(run, config.gate)) : null;
  const classes = countObjects(plan);
  const resolution = groups < LEAST_GROUPS ? null : known ?? byCounts(plan, classes);
  const unlike = differences && differences.kind !== "comparable" ? [
    `The baseline cannot be compared with: ${differences.differences.map((d) => typeof d === "string" ? d : d.message).join("; ")}.`
  ] : [];
  const perSecond = missing > 0 ? await timeInferences(plan, options) : 0;
  return {
    images: dataset.samples.length,
    groups,
    families: families.flatMap((name) => {
      const count2 = conditions.filter((c) => c.kind === "perturbed" && c.family === name).length;
      return count2 > 0 ? [{ name, conditions: count2 }] : [];
    }),
    conditions: conditions.length,
    inferences,
    cached: inferences - missing,
    workers: options.workers,
    seconds: missing * perSecond / options.workers,
    classes,
    clean,
    resolution,
    wanted: {
      drop: config.gate.ruleOut,
      groups: resolution && groupsNeeded(resolution, groups, config.gate.ruleOut)
    },
    warnings: [...unlike, ...warningsOf(clean, wrong, groups, classes)],
    notes: head.notes
  };
}
function part(plan, images, onlyClean) {
  const { dataset, head } = plan;
  const conditions = onlyClean ? plan.conditions.slice(0, 1) : plan.conditions;
  return {
    ...plan,
    dataset: { ...dataset, samples: dataset.samples.slice(0, images) },
    conditions,
    head: {
      ...head,
      images: head.images.slice(0, images),
      suite: { ...head.suite, conditions: [...conditions] }
    }
  };
}
async function withRun(plan, options, use) {
  const folder = await mkdtemp(join10(tmpdir(), "robustness-gate-validate-"));
  try {
    return await use(
      await evaluatePlan(plan, { ...options, outDirectory: folder }, async () => {
      })
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
async function tryClean(plan, options) {
  return withRun(
    part(plan, TRIED_IMAGES, true),
    options,
    async (run) => detectionsByImage(await run.detections(0))
  );
}
async function countMissing(plan, { cacheDirectory }) {
  const { dataset, conditions, config, head } = plan;
  const jobs = await missingJobs({
    dataset,
    conditions,
    seed: config.suite.seed,
    cacheDirectory,
    predictorKey: predictorKey(head, config.predictor)
  });
  return jobs.reduce((sum, job) => sum + job.conditions.length, 0);
}
function countObjects({ dataset }) {
  const objects = dataset.classes.map(() => 0);
  for (const { groundTruth } of dataset.samples) {
    groundTruth.classes.forEach((of, i) => {
      if (!groundTruth.crowd[i] && !groundTruth.ignored[i]) objects[of] += 1;
    });
  }
  return dataset.classes.map((name, i) => ({ name, objects: objects[i] }));
}
function byCounts(plan, classes) {
  const { dataset, conditions, config, head } = plan;
  const size = { images: dataset.samples.length, groups: head.dataset.groups };
  return resolutionOfCounts(
    classes.map(({ objects }) => objects),
    size,
    conditions,
    config.gate
  );
}
async function timeInferences(plan, { now, allowed, cacheDirectory }) {
  var _stack = [];
  try {
    const { config, dataset, conditions, location } = plan;
    const sample = dataset.samples[0];
    if (!sample) return 0;
    const predictor = __using(_stack, await openPredictor(config.predictor, {
      location,
      classes: dataset.classes,
      allowed,
      cacheDirectory,
      workers: 1
    }), true);
    const image = await decodeImage(sample.path);
    await predictor.predict(image, { digest: sample.digest, condition: "clean" });
    const began = now();
    let done = 0;
    for (const condition of conditions) {
      const { seed } = config.suite;
      const changed = await changedImage(image, sample.digest, condition, seed);
      const subject = { digest: sample.digest, condition: conditionKey(condition, seed) };
      await predictor.predict(changed, subject);
      done += 1;
      if (now() - began > TIMING_BUDGET) break;
    }
    return (now() - began) / done;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function warningsOf({ map, images }, wrong, groups, classes) {
  const low = map === null || map < LEAST_CLEAN;
  const few = classes.filter(({ objects }) => objects > 0 && objects < FEW_OBJECTS);
  const names = (list) => list.map(({ name }) => name).join(", ");
  return [
    ...wrong ? [`A run would stop: ${wrong.message}. ${wrong.fix ?? ""}`] : low ? [
      `On ${images} clean images the model finds next to nothing (mAP ${map?.toFixed(1) ?? "–"}), and no other resizing, colour order or scale of pixel values fits: is it the right decoder, and are predictor.names its classes?`
    ] : [],
    ...groups < LEAST_GROUPS ? [`${groups} independent groups of images are too few: a verdict needs ${LEAST_GROUPS}.`] : groups < ENOUGH_GROUPS ? [
      `${groups} independent groups of images are few: ${ENOUGH_GROUPS} or more make a verdict firmer.`
    ] : [],
    ...few.length > 0 ? [`Classes with fewer than ${FEW_OBJECTS} objects, so their AP is uncertain: ${names(few)}.`] : []
  ];
}

// src/cli/validate.ts
var Flags13 = external_exports.object({ baseline: external_exports.string().optional(), json: external_exports.boolean().default(false) });
function addValidateCommand(program2) {
  withEvaluateOptions(program2.command("validate")).description(
    "check config, data set and model, and tell what a run will cost and how small a drop it can show"
  ).option("--baseline <dir>", "run directory that the forecast is computed from").option("--json", "print the findings as JSON").action(async (flags) => {
    const { baseline, json } = Flags13.parse(flags);
    const validation = await validateGate({
      ...evaluateOptions(flags, ""),
      baseline: baseline ?? null,
      now: () => performance.now() / 1e3
    });
    print(json ? JSON.stringify(validation, null, 2) : renderValidation(validation));
  });
}

// src/cli.ts
var COULD_NOT_JUDGE = 2;
async function main(argv) {
  const program2 = new Command("robustness-gate").description(
    "Finds out whether a vision model got less robust to blur, noise, light and geometry."
  ).version(TOOL_VERSION).option("--debug", "print the stack of unexpected errors").exitOverride().showHelpAfterError("(add --help for what there is)");
  addInitCommand(program2);
  addRunCommand(program2);
  addMergeCommand(program2);
  addGateCommand(program2);
  addValidateCommand(program2);
  addCompareCommand(program2);
  addReportCommand(program2);
  addExplainCommand(program2);
  addExportCommand(program2);
  addScoreCommand(program2);
  addSiteCommand(program2);
  addSchemaCommand(program2);
  addPerturbCommands(program2);
  addDoctorCommand(program2);
  addDemoCommand(program2);
  try {
    await program2.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : COULD_NOT_JUDGE;
      return;
    }
    const debug = argv.includes("--debug");
    process.stderr.write(`${harmless(formatError(error, { debug }))}
`);
    process.exitCode = COULD_NOT_JUDGE;
  }
}
guardOutput([process.stdout, process.stderr], secrets);
await main(process.argv);
process.stdout.write("", () => process.stderr.write("", () => process.exit()));
